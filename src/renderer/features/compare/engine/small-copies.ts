import type { Seconds } from '../../../../shared/units.ts'
import type { FrameSource } from './frame-source.ts'

type Asked = { readonly side: number; readonly frame: number }

/** The frames of one moment. */
type Moment = { readonly time: Seconds; readonly frames: readonly Asked[] }

/** Smaller copies of sides, with a keyframe every few frames: the same frames, there sooner and softer. */
export type SmallCopies = {
  readonly add: (side: number, source: FrameSource) => void
  readonly remove: (side: number) => void
  readonly isThere: (side: number) => boolean
  readonly get: (side: number, frame: number) => VideoFrame | null
  readonly has: (side: number, frame: number) => boolean
  /** Wants the frames of a moment, of the sides that have a copy. What is on its way comes first, then the newest wish. */
  readonly want: (moment: Moment) => void
  /** What has come may be given up for the newest wish. */
  readonly proceed: () => void
  /** The moment that was asked for, once all of its frames have come. */
  readonly arrived: () => Seconds | null
  /** Other sides from now on, those that stay by the number they had. */
  readonly setSides: (stay: readonly (number | null)[]) => void
  readonly close: () => void
}

export function createSmallCopies(): SmallCopies {
  const sources = new Map<number, FrameSource>()
  let asked: Moment | null = null
  let waiting: Moment | null = null

  const has = (side: number, frame: number) => sources.get(side)?.has(frame) === true
  const hasCome = ({ frames }: Moment) =>
    frames.every(({ side, frame }) => !sources.has(side) || has(side, frame))

  // A drag moves on faster than frames are decoded: if each move began from a new keyframe, none would come.
  function proceed() {
    if (waiting === null || (asked !== null && !hasCome(asked))) return
    asked = waiting
    waiting = null
    for (const { side, frame } of asked.frames) sources.get(side)?.want(frame, 'glance')
  }

  const remove = (side: number) => {
    sources.get(side)?.close()
    sources.delete(side)
  }

  return {
    add: (side, source) => {
      remove(side)
      sources.set(side, source)
      // The new one has been asked for nothing.
      asked = null
    },
    remove,
    isThere: (side) => sources.has(side),
    get: (side, frame) => sources.get(side)?.get(frame) ?? null,
    has,
    want: (moment) => {
      if (sources.size === 0) return
      waiting = moment
      if (asked === null) proceed()
    },
    proceed,
    arrived: () => (asked !== null && hasCome(asked) ? asked.time : null),
    setSides: (stay) => {
      const before = new Map(sources)
      for (const side of before.keys()) if (!stay.includes(side)) remove(side)
      sources.clear()
      for (const [side, known] of stay.entries()) {
        const source = known === null ? undefined : before.get(known)
        if (source) sources.set(side, source)
      }
      asked = null
      waiting = null
    },
    close: () => {
      for (const side of [...sources.keys()]) remove(side)
    },
  }
}
