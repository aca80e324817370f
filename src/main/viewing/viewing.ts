import { fail, type Outcome } from '../../shared/outcome.ts'
import type { Scan, StripPicture, Waveform } from '../../shared/scan.ts'
import type { Seconds } from '../../shared/units.ts'
import type { MediaUrl } from '../../shared/contract.ts'
import type { Shelf } from '../files/files.ts'
import type { Media } from '../media/media.ts'
import type { NoteFile } from '../processes/traces.ts'
import type { Call } from '../studio-types.ts'

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

export type ViewingParts = {
  readonly media: Media
  readonly shelf: Shelf
  /** For copies that windows can play. */
  readonly folder: string
  readonly noteFile: NoteFile
}

const later = () => Promise.resolve(fail('internal', 'This is not built yet.'))

export function createViewing(_parts: ViewingParts): Viewing {
  return {
    frameTimes: later,
    scan: later,
    knownScan: () => Promise.resolve(null),
    filmstrip: later,
    waveform: later,
    playable: later,
  }
}
