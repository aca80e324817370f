import { film, lit, mixed, paintPlace, plainFrame, randomFrom, type Place, type PlaceLook } from './filmed.ts'
import { keptFilm } from './kept-film.ts'
import { ffmpeg } from '../processes/tools.ts'

import {
  addShot,
  cutTo,
  dancerOf,
  dissolveTo,
  filmOf,
  lure,
  newReel,
  shotOf,
  size,
  type CutFilm,
  type FilmOptions,
} from './reel.ts'

/** Plain cuts between shots of `look`, in shots of uneven length. */
export function plainCuts(
  name: string,
  seed: number,
  count: number,
  look: PlaceLook = {},
  options: FilmOptions = {},
): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  for (let nth = 0; nth <= count; nth += 1) cutTo(reel, 14 + Math.floor(random() * 16), shotOf(random, look))
  return filmOf(name, reel, options, seed)
}

export function quickCuts(name: string, seed: number, lengths: readonly number[]): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  for (const length of lengths) cutTo(reel, length, shotOf(random))
  return filmOf(name, reel, {}, seed)
}

/** White, coloured and partial flashes of one to three frames, alone and as a strobe. */
export function flashes(name: string, seed: number, rate = 30): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  const shot = shotOf(random)
  addShot(reel, 180, shot)
  const bright = new Map<number, (frame: Float32Array) => Float32Array>()
  const flash = (at: number, long: number, how: (frame: Float32Array) => Float32Array) => {
    lure(reel, 'flash', at)
    for (let nth = 0; nth < long; nth += 1) bright.set(at + nth, how)
  }
  const white = () => plainFrame(size, [235, 128, 128])
  flash(15, 1, white)
  flash(35, 2, white)
  flash(55, 3, white)
  flash(75, 1, (frame) => lit(frame, 1.6, 60))
  flash(90, 2, () => plainFrame(size, [180, 90, 160]))
  flash(105, 2, (frame) => frame.map((value, index) => (index < frame.length / 6 ? 230 : value)))
  for (let at = 125; at < 150; at += 5) flash(at, 2, white)
  flash(165, 1, () => plainFrame(size, [16, 128, 128]))
  return filmOf(name, reel, { rate, treat: (frame, nth) => bright.get(nth)?.(frame) ?? frame }, seed)
}

/** Whip pans, shaking hands, a quick zoom, a bump, a spin and a runner close to the camera; not one cut. */
export function wild(name: string, seed: number, look: PlaceLook = {}, rate = 30): CutFilm {
  const random = randomFrom(seed)
  const place: Place = paintPlace(seed + 77, look)
  const reel = newReel()
  const base = { x: 256, y: 256, width: 240 }
  const view = (change: Partial<typeof base> & { turn?: number }, blur?: readonly [number, number]) =>
    film({ place, view: { ...base, ...change }, ...(blur ? { blur } : {}) }, size)
  const rest = (count: number) => addShot(reel, count, (nth) => view({ x: 256 + Math.sin(nth / 3) }))
  rest(12)
  for (const speed of [25, 50, 80, 120]) {
    lure(reel, 'whip pan')
    const length = Math.round(700 / speed)
    addShot(reel, length, (nth) => view({ x: 256 + speed * nth }, [speed * 0.6, 0]))
    const left = speed * length
    lure(reel, 'end of whip pan')
    addShot(reel, 12, () => view({ x: 256 + left }))
    lure(reel, 'whip back')
    addShot(reel, length, (nth) => view({ x: 256 + left - speed * nth }, [-speed * 0.5, 0]))
    rest(10)
  }
  lure(reel, 'shaking')
  const shakes = Array.from({ length: 30 }, () => [(random() - 0.5) * 50, (random() - 0.5) * 30] as const)
  addShot(reel, 30, (nth) => view({ x: 256 + (shakes[nth]?.[0] ?? 0), y: 256 + (shakes[nth]?.[1] ?? 0) }))
  rest(10)
  lure(reel, 'quick zoom')
  addShot(reel, 8, (nth) => view({ width: 240 * 0.87 ** nth }))
  addShot(reel, 8, () => view({ width: 240 * 0.87 ** 8 }))
  addShot(reel, 8, (nth) => view({ width: 240 * 0.87 ** (8 - nth) }))
  rest(10)
  lure(reel, 'bump')
  const bump = [0, 28, 34, 18, -12, -6, 3, 0]
  addShot(reel, bump.length, (nth) => view({ y: 256 + (bump[nth] ?? 0) }))
  rest(10)
  lure(reel, 'spin')
  addShot(reel, 16, (nth) => view({ turn: nth * 0.2 }))
  addShot(reel, 8, () => view({ turn: 3.2 }))
  lure(reel, 'runner close by')
  const runner = dancerOf(random)
  addShot(reel, 20, (nth) =>
    film(
      {
        place,
        view: { ...base, turn: 3.2 },
        dancers: [{ ...runner(nth * 3), size: 1.8, x: -0.5 + nth * 0.1 }],
      },
      size,
    ),
  )
  return filmOf(name, reel, { rate }, seed)
}

/** Dissolves, fades through black and white, lamps that are switched: changes that are no hard cut. */
export function soft(name: string, seed: number): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  let last = shotOf(random)
  let count = 18
  addShot(reel, count, last)
  for (const over of [6, 10, 15, 25]) {
    const next = shotOf(random)
    dissolveTo(reel, 16, last, count, over, next)
    ;[last, count] = [next, 16 + over]
  }
  for (const colour of [
    [16, 128, 128],
    [235, 128, 128],
  ] as const) {
    const [from, at, next] = [last, count, shotOf(random)]
    lure(reel, 'fade out')
    addShot(reel, 10, (nth) => mixed(from(at + nth), plainFrame(size, colour), (nth + 1) / 10))
    addShot(reel, 6, () => plainFrame(size, colour))
    lure(reel, 'fade in')
    addShot(reel, 10, (nth) => mixed(plainFrame(size, colour), next(nth), (nth + 1) / 10))
    addShot(reel, 14, (nth) => next(nth + 10))
    ;[last, count] = [next, 24]
  }
  const [shot, at] = [last, count]
  lure(reel, 'lamp off')
  addShot(reel, 15, (nth) => lit(shot(at + nth), 0.45))
  lure(reel, 'lamp on')
  addShot(reel, 15, (nth) => shot(at + 15 + nth))
  return filmOf(name, reel, {}, seed)
}

/** Cuts into and out of moving cameras, and flashes just before cuts. */
export function mixedBag(name: string, seed: number): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  for (let nth = 0; nth < 3; nth += 1) {
    cutTo(reel, 18, shotOf(random, {}, 'hand'))
    const place = paintPlace(seed + 5 + nth)
    const speed = 14 + nth * 9
    cutTo(reel, 20, (frame) =>
      film({ place, view: { x: 200 + speed * frame, y: 250, width: 240 }, blur: [speed * 0.5, 0] }, size),
    )
    const shot = shotOf(random, {}, 'drift')
    cutTo(reel, 8, shot)
    lure(reel, 'flash')
    addShot(reel, 2, () => plainFrame(size, [235, 128, 128]))
    addShot(reel, 10, (frame) => shot(frame + 10))
  }
  return filmOf(name, reel, {}, seed)
}

/** One scene with pieces cut out of it, and the camera suddenly nearer or elsewhere. */
export function jumpy(name: string, seed: number, look: PlaceLook = {}): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  const place = paintPlace(seed + 3, look)
  const colour = [60 + random() * 120, 100 + random() * 56, 110 + random() * 60] as const
  const views = [
    { x: 250, y: 250, width: 260, dance: 0.3 },
    { x: 250, y: 250, width: 260, dance: 0.65 },
    { x: 250, y: 250, width: 195, dance: 0.5 },
    { x: 250, y: 250, width: 260, dance: 0.35 },
    { x: 320, y: 255, width: 260, dance: 0.6 },
    { x: 250, y: 235, width: 180, dance: 0.4 },
  ]
  for (const [nth, { dance, ...view }] of views.entries()) {
    if (nth > 0) reel.jumps.push(reel.frames.length)
    addShot(reel, 18, (frame) =>
      film(
        {
          place,
          view: { ...view, x: view.x + Math.sin(frame / 4) * 1.5 },
          dancers: [
            {
              x: dance + frame * 0.002,
              y: 0.55,
              size: 0.8 * (260 / view.width),
              swing: nth * 2 + frame * 0.12,
              colour,
            },
          ],
        },
        size,
      ),
    )
  }
  return filmOf(name, reel, {}, seed)
}

/** ffmpeg's own test pictures, one after the other. */
export function patterns(
  name: string,
  sources: readonly string[],
  lengths: readonly number[],
  rate = 30,
  codec: readonly string[] = [],
): CutFilm {
  const cuts: number[] = []
  let at = 0
  for (const length of lengths.slice(0, sources.length - 1)) cuts.push((at += length))
  const graph = sources.map((source, nth) => {
    const [head = '', ...filters] = source.split(',')
    return `${head}${head.includes('=') ? ':' : '='}s=320x180:r=${rate}${['', ...filters].join(',')},setsar=1,format=yuv420p,setpts=N/${rate}/TB,trim=end_frame=${lengths[nth] ?? 20}[v${nth}]`
  })
  const joined = `${sources.map((_, nth) => `[v${nth}]`).join('')}concat=n=${sources.length}[v]`
  return {
    name,
    cuts,
    jumps: [],
    rate,
    lures: [],
    make: keptFilm(`${name}.mp4`, async (path) => {
      await ffmpeg(
        ...['-filter_complex', [...graph, joined].join(';'), '-map', '[v]', '-r', String(rate)],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', ...codec, '-y', `file:${path}`],
      )
    }),
  }
}
