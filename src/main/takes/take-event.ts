import type { PreparedCharacter, PreparedClip, ResultFacts } from '../../shared/domain/media.ts'
import type { Cost, Estimate } from '../../shared/domain/money.ts'
import type { Problem } from '../../shared/outcome.ts'

/** The provider’s id of the request, if it gave one. */
type Identified = { readonly requestId?: string | undefined }

/** Everything that can happen to an attempt. */
export type TakeEvent =
  | { readonly type: 'prepare-started'; readonly estimate: Estimate | null }
  | {
      readonly type: 'prepared'
      readonly clip: PreparedClip
      readonly character: PreparedCharacter
      readonly commands: readonly string[]
    }
  | { readonly type: 'prepare-failed'; readonly problem: Problem }
  | { readonly type: 'upload-started' }
  | {
      readonly type: 'uploaded'
      readonly clipUrl: string
      readonly characterUrl: string | null
      readonly until: number | null
    }
  /** The files can’t be sent as they are, and waiting doesn’t help. */
  | { readonly type: 'unsendable'; readonly problem: Problem }
  | { readonly type: 'upload-lost' }
  | { readonly type: 'ready' }
  /** `paidWith`: a fingerprint of the key that will pay, because another key can’t see the task. */
  | { readonly type: 'intent'; readonly paidWith: string | null }
  | { readonly type: 'wire' }
  | (Identified & { readonly type: 'accepted'; readonly taskId: string })
  | (Identified & { readonly type: 'refused'; readonly problem: Problem })
  | (Identified & {
      readonly type: 'unknown'
      readonly problem: Problem
      /** What the user can do about what came instead of an answer. */
      readonly advice?: string | undefined
    })
  | { readonly type: 'ask-user'; readonly problem: Problem }
  | { readonly type: 'check-again' }
  /** A notice about a task that continues; null removes it. */
  | { readonly type: 'noticed'; readonly problem: Problem | null }
  | {
      readonly type: 'remote-done'
      readonly taskId: string
      readonly url: string
      /** The watermarked version, if one was asked for and is a separate file. */
      readonly watermarkUrl: string | null
      readonly cost: Cost | null
      /** When the provider deletes the result, in wall-clock milliseconds; null if it doesn’t say. */
      readonly until: number | null
    }
  | { readonly type: 'remote-failed'; readonly problem: Problem; readonly cost: Cost | null }
  | { readonly type: 'download-started' }
  /** `problem`: what was wrong with the link or its content. */
  | { readonly type: 'link-lost'; readonly problem: Problem | null }
  | { readonly type: 'verified'; readonly result: ResultFacts }
  | { readonly type: 'result-lost' }
  | { readonly type: 'done'; readonly resultTime?: number }
  /** The watermarked version can be downloaded from there. */
  | { readonly type: 'mark-found'; readonly url: string }
  /** The watermarked version is complete, still under its temporary name. */
  | { readonly type: 'mark-verified'; readonly result: ResultFacts }
  /** The watermarked version has its final name. */
  | { readonly type: 'marked' }
  | { readonly type: 'mark-missed'; readonly problem: Problem }
  /** Download the result to another folder, or again because it is missing; null: into the library. */
  | { readonly type: 'fetch-to'; readonly folder: string | null }
  | { readonly type: 'expired'; readonly problem: Problem }
  | { readonly type: 'held'; readonly problem: Problem; readonly until: number }
  | { readonly type: 'released' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'given-up' }
  /** The task of this attempt was found after another attempt had been paid for. A separate take follows it now. */
  | { readonly type: 'parted'; readonly problem: Problem }
  /** The library was copied, and the other copy may have sent what this one has not. */
  | { readonly type: 'displaced'; readonly problem: Problem }
  | { readonly type: 'restarted' }

export type TakeEventType = TakeEvent['type']
