import {
  encodeFilm,
  film,
  grainy,
  mixed,
  paintPlace,
  randomFrom,
  type Dancer,
  type FrameSize,
  type PlaceLook,
  type Random,
} from './filmed.ts'
import { keptFilm } from './kept-film.ts'

/** A film and what was done to it; numbers are frames. */
export type CutFilm = {
  readonly name: string
  /** Frames per second. */
  readonly rate: number
  readonly cuts: readonly number[]
  /** Sudden moves within a scene. */
  readonly jumps: readonly number[]
  /** Things that are no cut, by the frame they begin with. */
  readonly lures: readonly { readonly what: string; readonly at: number }[]
  readonly make: (folder: string) => Promise<string>
}

export const size: FrameSize = { width: 160, height: 90 }

type Shot = (nth: number) => Float32Array

type Reel = {
  readonly frames: (() => Float32Array)[]
  readonly cuts: number[]
  readonly jumps: number[]
  readonly lures: { what: string; at: number }[]
}

export const newReel = (): Reel => ({ frames: [], cuts: [], jumps: [], lures: [] })

export function addShot(reel: Reel, count: number, shot: Shot): void {
  for (let nth = 0; nth < count; nth += 1) reel.frames.push(() => shot(nth))
}

/** Joins with a hard cut. */
export function cutTo(reel: Reel, count: number, shot: Shot): void {
  if (reel.frames.length > 0) reel.cuts.push(reel.frames.length)
  addShot(reel, count, shot)
}

export function dissolveTo(
  reel: Reel,
  count: number,
  from: Shot,
  fromCount: number,
  over: number,
  shot: Shot,
): void {
  reel.lures.push({ what: 'dissolve', at: reel.frames.length })
  for (let nth = 0; nth < over; nth += 1)
    reel.frames.push(() => mixed(from(fromCount + nth), shot(nth), (nth + 1) / (over + 1)))
  addShot(reel, count, (nth) => shot(nth + over))
}

export const lure = (reel: Reel, what: string, at = reel.frames.length) => reel.lures.push({ what, at })

export const dancerOf = (random: Random): ((nth: number) => Dancer) => {
  const [x, y, tall, pace] = [0.25 + random() * 0.5, 0.55, 0.55 + random() * 0.35, 0.1 + random() * 0.2]
  const colour = [60 + random() * 120, 100 + random() * 56, 110 + random() * 60] as const
  const drift = (random() - 0.5) * 0.008
  return (nth) => ({ x: x + drift * nth, y, size: tall, swing: nth * pace, colour })
}

/** A place, somebody in it, and a camera that is held still, by hand, or drifts. */
export function shotOf(
  random: Random,
  look: PlaceLook = {},
  camera: 'still' | 'hand' | 'drift' | 'any' = 'any',
): Shot {
  const place = paintPlace(Math.floor(random() * 2 ** 31), look)
  const kinds = ['still', 'hand', 'drift'] as const
  const how = camera === 'any' ? (kinds[Math.floor(random() * 3)] ?? 'still') : camera
  const start = { x: 180 + random() * 150, y: 180 + random() * 150, width: 220 + random() * 80 }
  const [dx, dy] = [(random() - 0.5) * 6, (random() - 0.5) * 3]
  const shake = Array.from({ length: 4 }, () => random() * 6.28)
  const dancer = random() < 0.7 ? dancerOf(random) : null
  return (nth) => {
    const [a = 0, b = 0, c = 0, d = 0] = shake
    const hand = [
      Math.sin(nth * 0.7 + a) * 3 + Math.sin(nth * 1.9 + b) * 2,
      Math.sin(nth * 0.9 + c) * 3 + Math.sin(nth * 2.1 + d) * 1.5,
    ]
    const [mx, my] = how === 'still' ? [0, 0] : how === 'hand' ? hand : [dx * nth, dy * nth]
    return film(
      {
        place,
        view: { ...start, x: start.x + (mx ?? 0), y: start.y + (my ?? 0) },
        dancers: dancer ? [dancer(nth)] : [],
      },
      size,
    )
  }
}

export type FilmOptions = {
  readonly rate?: number
  readonly codec?: readonly string[]
  readonly grain?: number
  readonly ending?: string
  readonly treat?: (frame: Float32Array, nth: number) => Float32Array
}

export function filmOf(name: string, reel: Reel, options: FilmOptions = {}, seed = 1): CutFilm {
  const { rate = 30, codec = [], grain = 0, ending = '.mp4', treat } = options
  return {
    name,
    cuts: reel.cuts,
    jumps: reel.jumps,
    rate,
    lures: reel.lures,
    make: keptFilm(`${name}${ending}`, (path) => {
      const random = randomFrom(seed)
      function* frames() {
        for (const [nth, draw] of reel.frames.entries()) {
          const drawn = treat ? treat(draw(), nth) : draw()
          yield grain > 0 ? grainy(drawn, grain, random) : drawn
        }
      }
      return encodeFilm(path, frames(), size, rate, codec)
    }),
  }
}
