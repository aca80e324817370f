import type { Outcome } from '../../shared/outcome.ts'

/** A file put where the provider can fetch it. */
export type HostedFile = {
  readonly url: string
  /** Takes the file down again. Safe to call twice. */
  readonly release: () => Promise<void>
}

/** A place that serves prepared clips by URL. */
export type ClipHost = {
  readonly id: string
  /** `name` is random and was journalled before the first byte left. */
  readonly put: (
    file: { readonly path: string; readonly name: string; readonly contentType: string },
    signal?: AbortSignal,
  ) => Promise<Outcome<HostedFile>>
  /** Does the URL of an earlier put still work? Those of this process's own servers die with it. */
  readonly isLive: (url: string) => boolean
  readonly close: () => Promise<void>
}
