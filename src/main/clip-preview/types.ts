import type { Call } from '../prepare/types.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import type { Scan, StripPicture, Waveform } from '../../shared/domain/media.ts'
import type { MediaUrl } from '../../shared/domain/views.ts'

/** All that a timeline shows of a clip. Made once for each file as it stands and then kept; paths in, values out. */
export type Viewing = {
  readonly frameTimes: (path: string, call?: Call) => Promise<Outcome<readonly Seconds[]>>
  readonly scan: (path: string, call?: Call) => Promise<Outcome<Scan>>
  /** What a scan of this file as it stands found; null while there was none. */
  readonly knownScan: (path: string) => Promise<Scan | null>
  readonly filmstrip: (
    path: string,
    part: { readonly start: Seconds; readonly end: Seconds; readonly count: number },
    call?: Call,
  ) => Promise<Outcome<readonly StripPicture[]>>
  readonly waveform: (path: string, call?: Call) => Promise<Outcome<Waveform | null>>
  readonly playable: (path: string, call?: Call) => Promise<Outcome<{ readonly media: MediaUrl }>>
}
