import type { StripPicture } from '../../../shared/domain/scan.ts'
import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { coarseRequest, joinPictures, pictureFor, requestFor, type Slot, type StripRequest } from './strip.ts'

export type StripLoader = {
  /** What is in sight now. Few pictures of the whole clip come first, then one for every slot. */
  readonly want: (slots: readonly Slot[]) => void
  readonly dispose: () => void
}

export type StripWorld = {
  readonly duration: Seconds
  /** The longest way between two frames that need no other. */
  readonly keyframeInterval: Seconds
  /** Answers with pictures; null where there are none to be had. */
  readonly ask: (request: StripRequest, call: string) => Promise<readonly StripPicture[] | null>
  readonly cancel: (call: string) => void
  readonly onPictures: (pictures: readonly StripPicture[]) => void
  readonly later: (run: () => void, delay: Milliseconds) => () => void
}

/** While one still zooms or pans, nothing is asked for. */
const calm: Milliseconds = 150

const isFull = (slots: readonly Slot[], pictures: readonly StripPicture[]): boolean =>
  slots.every((slot) => {
    const found = pictureFor(slot, pictures)
    return found !== null && found.at >= slot.start - 0.02 && found.at < slot.end
  })

export function createStripLoader(world: StripWorld): StripLoader {
  const { duration, keyframeInterval, ask, cancel, onPictures, later } = world
  let pictures: readonly StripPicture[] = []
  let wanted: readonly Slot[] = []
  let stopWaiting: () => void = () => undefined
  let begun = false
  let disposed = false
  const running = new Set<string>()
  const asked = new Set<string>()

  async function load(request: StripRequest): Promise<void> {
    const call = crypto.randomUUID()
    running.add(call)
    asked.add(JSON.stringify(request))
    const found = await ask(request, call)
    running.delete(call)
    if (disposed || !found) return
    pictures = joinPictures(pictures, found)
    onPictures(pictures)
  }

  const refine = () => {
    const request = requestFor(wanted)
    if (disposed || !request || asked.has(JSON.stringify(request)) || isFull(wanted, pictures)) return
    void load(request)
  }

  return {
    want: (slots) => {
      wanted = slots
      if (!begun) {
        begun = true
        void load(coarseRequest(duration, keyframeInterval)).then(refine)
        return
      }
      stopWaiting()
      stopWaiting = later(refine, calm)
    },
    dispose: () => {
      disposed = true
      stopWaiting()
      running.forEach(cancel)
    },
  }
}
