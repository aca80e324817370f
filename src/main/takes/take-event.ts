import type { PreparedCharacter, PreparedClip, ResultFacts } from '../../shared/domain/media.ts'
import type { Cost, Estimate } from '../../shared/domain/money.ts'
import type { Problem } from '../../shared/outcome.ts'

/** The id by which the provider finds the request that it answered, where it names one. */
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
  /** The files cannot be sent as they are, and waiting does not help. */
  | { readonly type: 'unsendable'; readonly problem: Problem }
  | { readonly type: 'upload-lost' }
  | { readonly type: 'ready' }
  /** `paidWith`: a fingerprint of the key that will pay, so that no other key's answer is believed about it. */
  | { readonly type: 'intent'; readonly paidWith: string | null }
  | { readonly type: 'wire' }
  | (Identified & { readonly type: 'accepted'; readonly taskId: string })
  | (Identified & { readonly type: 'refused'; readonly problem: Problem })
  | (Identified & {
      readonly type: 'unknown'
      readonly problem: Problem
      /** What the user can do about what came in place of an answer. */
      readonly advice?: string | undefined
    })
  | { readonly type: 'ask-user'; readonly problem: Problem }
  | { readonly type: 'check-again' }
  /** Something the user should know about a task that goes on all the same; null when it is over. */
  | { readonly type: 'noticed'; readonly problem: Problem | null }
  | {
      readonly type: 'remote-done'
      readonly taskId: string
      readonly url: string
      /** The same with the provider's mark on it, where one was asked for and is another file. */
      readonly watermarkUrl: string | null
      readonly cost: Cost | null
      /** Wall-clock milliseconds until which the provider keeps the result; null where it does not say. */
      readonly until: number | null
    }
  | { readonly type: 'remote-failed'; readonly problem: Problem; readonly cost: Cost | null }
  | { readonly type: 'download-started' }
  /** `problem`: what was wrong with the link, or with what came from it. */
  | { readonly type: 'link-lost'; readonly problem: Problem | null }
  | { readonly type: 'verified'; readonly result: ResultFacts }
  | { readonly type: 'result-lost' }
  | { readonly type: 'done'; readonly resultTime?: number }
  /** The watermarked version is to be fetched from there. */
  | { readonly type: 'mark-found'; readonly url: string }
  /** The watermarked version is whole, under the name that it has while it comes. */
  | { readonly type: 'mark-verified'; readonly result: ResultFacts }
  /** The watermarked version has its final name. */
  | { readonly type: 'marked' }
  | { readonly type: 'mark-missed'; readonly problem: Problem }
  /** The result is to be fetched to another folder, or once more because it is no longer there; null: the library. */
  | { readonly type: 'fetch-to'; readonly folder: string | null }
  | { readonly type: 'expired'; readonly problem: Problem }
  | { readonly type: 'held'; readonly problem: Problem; readonly until: number }
  | { readonly type: 'released' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'given-up' }
  /** The task of this attempt was found after another attempt had been paid for; it goes on as a take of its own. */
  | { readonly type: 'parted'; readonly problem: Problem }
  /** The library was copied: another copy may have sent what this one has not. */
  | { readonly type: 'displaced'; readonly problem: Problem }
  | { readonly type: 'restarted' }

export type TakeEventType = TakeEvent['type']
