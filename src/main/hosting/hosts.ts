import type { HostId } from '../../shared/domain/delivery.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Bytes, Fraction, Milliseconds } from '../../shared/units.ts'

type HostedFile = {
  /** What the provider fetches; no key is part of it but a signature may be. */
  readonly url: string
  /** Wall-clock time after which the address is dead; null when it lives as long as the file is up. */
  readonly until: Milliseconds | null
}

export type FileToHost = {
  readonly path: string
  /** Random, says nothing about the user, and was journalled before the first byte left. */
  readonly name: string
  readonly contentType: string
  readonly bytes: Bytes
}

/**
 * What a host writes down about one file so that a later process can continue or remove it: plain JSON without any
 * secret. `write` returns when it is on disk.
 */
export type UploadNote = {
  readonly read: () => unknown
  readonly write: (note: unknown) => void
}

export type Putting = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: Fraction) => void) | undefined
}

/** A place that serves prepared files by URL. A problem with the code `provider-silent` is worth trying again. */
export type ClipHost = {
  readonly id: HostId
  /** Puts the file there, or continues a put that was cut off, as far as its note says. */
  readonly put: (file: FileToHost, note: UploadNote, putting?: Putting) => Promise<Outcome<HostedFile>>
  /** Takes the file down, from its name and note alone; safe to call twice and after a restart. */
  readonly remove: (name: string, note: unknown) => Promise<Outcome<null>>
  /** Does the URL of an earlier put still work? Those of this process's own servers die with it. */
  readonly isLive: (url: string) => boolean
  /** When the file at this address was last asked for, in wall-clock milliseconds; only own servers can tell. */
  readonly lastFetch?: (url: string) => Milliseconds | null
  readonly close: () => Promise<void>
}

const sentences: Readonly<Record<Exclude<HostId, 'provider'>, string>> = {
  given: 'Anyone with the link can download the file until you remove it.',
  s3: 'Only someone with the signed link can download the file, for at most 24 hours. Understudy deletes it when the take ends.',
  tunnel:
    'Anyone with the random link can download the file from this computer while the take needs it. Nothing is stored elsewhere.',
  loopback: 'The file never leaves this computer.',
}

/** For the user: who will see the file, and for how long. `ofProvider` is what the provider says. */
export function privacyOf(id: HostId, ofProvider?: string): string {
  if (id !== 'provider') return sentences[id]
  return ofProvider ?? 'The provider stores the file under its own terms.'
}
