import type { Outcome } from '../../shared/outcome.ts'
import type { Handlers } from './dispatch.ts'
import type { Shelf } from '../files/files.ts'
import type { Call } from '../core/studio-types.ts'
import type { Viewing } from '../clip-preview/clip-preview.ts'

type ClipCalls = 'clip:frame-times' | 'clip:scan' | 'clip:filmstrip' | 'clip:waveform' | 'clip:playable'

/** What a timeline asks about a clip. */
export function clipHandlers(viewing: Viewing, shelf: Shelf): Pick<Handlers, ClipCalls> {
  const about =
    <Asked extends { readonly file: string }, T>(
      answer: (path: string, call: Call, asked: Asked) => Promise<Outcome<T>>,
    ) =>
    async (asked: Asked, call: Call): Promise<Outcome<T>> => {
      const path = shelf.path(asked.file)
      return path.ok ? answer(path.value, call, asked) : path
    }
  return {
    'clip:frame-times': about(viewing.frameTimes),
    'clip:scan': about(viewing.scan),
    'clip:filmstrip': about((path, call, part) => viewing.filmstrip(path, part, call)),
    'clip:waveform': about(viewing.waveform),
    'clip:playable': about(viewing.playable),
  }
}
