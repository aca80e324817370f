import type { Certificate } from '../shared/certificate.ts'
import type { CheckReport, Comparison, Inspection, ProviderView, TakePictures } from '../shared/contract.ts'
import type { MediaFacts, PreparedCharacter, PreparedClip, ClipWindow } from '../shared/media.ts'
import type { Outcome, Problem } from '../shared/outcome.ts'
import type { Settings, SettingsChange } from '../shared/settings.ts'
import type { Take, TakeSettings } from '../shared/take.ts'
import type { Bytes, Fraction } from '../shared/units.ts'
import type { SideBySideJob } from './media/media.ts'

export type Inputs = {
  readonly character: string | null
  readonly clip: string | null
  readonly window: ClipWindow
  readonly settings: TakeSettings
}

/** Where a take is sent when that differs from the provider's documented address, and how the clip gets there. */
export type Route = { readonly baseUrl: string | null; readonly clipUrl: string | null }

export type NewTake = Inputs & {
  /** Minted by whoever asks; asking twice with the same id is one take. */
  readonly id: string
  readonly character: string
  readonly clip: string
  readonly route: Route
  readonly consent: { readonly amount: number | null }
}

export type Call = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: Fraction | null) => void) | undefined
}

export type CheckedInputs = {
  readonly report: CheckReport
  /** Why these inputs cannot go on; null when they are ready or the plan makes them fit. */
  readonly refused: Problem | null
  readonly facts: { readonly character: MediaFacts | null; readonly clip: MediaFacts | null }
}

/** Work that needs no library and no lock: facts, rules, preparation, comparison. Paths in, values out. */
export type Workshop = {
  readonly inspect: (path: string, call?: Call) => Promise<Outcome<Inspection>>
  readonly check: (inputs: Inputs, call?: Call) => Promise<Outcome<CheckedInputs>>
  readonly prepare: (
    inputs: Inputs,
    folder: string,
    call?: Call,
  ) => Promise<
    Outcome<{
      readonly clip: PreparedClip | null
      readonly character: PreparedCharacter | null
      readonly checked: CheckedInputs
      readonly certificate: Certificate
    }>
  >
  readonly sideBySide: (
    job: SideBySideJob,
    call?: Call,
  ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
  readonly providers: () => readonly ProviderView[]
}

/** The takes of one library. Every change is announced to subscribers in the order it was committed. */
export type Takes = {
  readonly submit: (take: NewTake) => Promise<Outcome<Take>>
  readonly list: () => readonly Take[]
  readonly show: (id: string) => Outcome<Take>
  readonly subscribe: (listener: (take: Take) => void) => () => void
  /** The user's own files that takes still have to be prepared from. */
  readonly neededSources: () => ReadonlySet<string>
  /** Continues every open take; called once after the library is opened. */
  readonly resume: () => void
  readonly checkAgain: (id: string) => Promise<Outcome<Take>>
  readonly submitAgain: (id: string) => Promise<Outcome<Take>>
  readonly adopt: (id: string, taskId: string) => Promise<Outcome<Take>>
  readonly giveUp: (id: string) => Promise<Outcome<Take>>
  readonly cancel: (id: string) => Promise<Outcome<Take>>
  /** Paths of a take's own files; for faces that save, reveal or export, never for the renderer. */
  readonly resultPath: (id: string) => Outcome<string>
  readonly pictures: (id: string) => Promise<Outcome<TakePictures>>
  readonly compare: (id: string) => Promise<Outcome<Comparison>>
  /** Copies the result to `target` under a temporary name first; an existing file is never replaced. */
  readonly exportResult: (
    id: string,
    target: string,
  ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
}

export type Studio = {
  readonly workshop: Workshop
  readonly takes: Takes
  readonly settings: {
    readonly read: () => Settings
    readonly change: (change: SettingsChange) => Settings
    readonly subscribe: (listener: (settings: Settings) => void) => () => void
  }
  /** Stops watching, ends every process it started and closes the library. Open takes go on at the next start. */
  readonly close: () => Promise<void>
}
