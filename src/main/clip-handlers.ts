import type { Handlers } from './dispatch.ts'
import type { Shelf } from './files/files.ts'
import type { Viewing } from './viewing/viewing.ts'

type ClipCalls = 'clip:frame-times' | 'clip:scan' | 'clip:filmstrip' | 'clip:waveform' | 'clip:playable'

/** What a timeline asks about a clip. */
export function clipHandlers(viewing: Viewing, shelf: Shelf): Pick<Handlers, ClipCalls> {
  return {
    'clip:frame-times': async ({ file }, call) => {
      const path = shelf.path(file)
      return path.ok ? viewing.frameTimes(path.value, call) : path
    },
    'clip:scan': async ({ file }, call) => {
      const path = shelf.path(file)
      return path.ok ? viewing.scan(path.value, call) : path
    },
    'clip:filmstrip': async ({ file, ...part }, call) => {
      const path = shelf.path(file)
      return path.ok ? viewing.filmstrip(path.value, part, call) : path
    },
    'clip:waveform': async ({ file }, call) => {
      const path = shelf.path(file)
      return path.ok ? viewing.waveform(path.value, call) : path
    },
    'clip:playable': async ({ file }, call) => {
      const path = shelf.path(file)
      return path.ok ? viewing.playable(path.value, call) : path
    },
  }
}
