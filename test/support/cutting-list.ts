import { join } from 'node:path'
import {
  encodeFilm,
  ffmpeg,
  film,
  grainy,
  lit,
  mixed,
  paintPlace,
  plainFrame,
  randomFrom,
  type Dancer,
  type FrameSize,
  type Place,
  type PlaceLook,
  type Random,
} from './filmed.ts'

/** A film and what was done to it; numbers are frames. */
export type CutFilm = {
  readonly name: string
  readonly cuts: readonly number[]
  /** Things that are no cut, by the frame they begin with. */
  readonly lures: readonly { readonly what: string; readonly at: number }[]
  readonly make: (folder: string) => Promise<string>
}

const size: FrameSize = { width: 160, height: 90 }

type Shot = (nth: number) => Float32Array

type Reel = {
  readonly frames: (() => Float32Array)[]
  readonly cuts: number[]
  readonly lures: { what: string; at: number }[]
}

const newReel = (): Reel => ({ frames: [], cuts: [], lures: [] })

function addShot(reel: Reel, count: number, shot: Shot): void {
  for (let nth = 0; nth < count; nth += 1) reel.frames.push(() => shot(nth))
}

/** Joins with a hard cut. */
function cutTo(reel: Reel, count: number, shot: Shot): void {
  if (reel.frames.length > 0) reel.cuts.push(reel.frames.length)
  addShot(reel, count, shot)
}

function dissolveTo(
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

const lure = (reel: Reel, what: string, at = reel.frames.length) => reel.lures.push({ what, at })

const dancerOf = (random: Random): ((nth: number) => Dancer) => {
  const [x, y, tall, pace] = [0.25 + random() * 0.5, 0.55, 0.55 + random() * 0.35, 0.1 + random() * 0.2]
  const colour = [60 + random() * 120, 100 + random() * 56, 110 + random() * 60] as const
  const drift = (random() - 0.5) * 0.008
  return (nth) => ({ x: x + drift * nth, y, size: tall, swing: nth * pace, colour })
}

/** A place, somebody in it, and a camera that is held still, by hand, or drifts. */
function shotOf(
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

type FilmOptions = {
  readonly rate?: number
  readonly codec?: readonly string[]
  readonly grain?: number
  readonly ending?: string
  readonly treat?: (frame: Float32Array, nth: number) => Float32Array
}

function filmOf(name: string, reel: Reel, options: FilmOptions = {}, seed = 1): CutFilm {
  const { rate = 30, codec = [], grain = 0, ending = '.mp4', treat } = options
  return {
    name,
    cuts: reel.cuts,
    lures: reel.lures,
    make: (folder) => {
      const random = randomFrom(seed)
      function* frames() {
        for (const [nth, draw] of reel.frames.entries()) {
          const drawn = treat ? treat(draw(), nth) : draw()
          yield grain > 0 ? grainy(drawn, grain, random) : drawn
        }
      }
      return encodeFilm(join(folder, `${name}${ending}`), frames(), size, rate, codec)
    },
  }
}

/** Plain cuts between shots of `look`, in shots of uneven length. */
function plainCuts(
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

function quickCuts(name: string, seed: number, lengths: readonly number[]): CutFilm {
  const random = randomFrom(seed)
  const reel = newReel()
  for (const length of lengths) cutTo(reel, length, shotOf(random))
  return filmOf(name, reel, {}, seed)
}

/** White, coloured and partial flashes of one to three frames, alone and as a strobe. */
function flashes(name: string, seed: number, rate = 30): CutFilm {
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
function wild(name: string, seed: number, look: PlaceLook = {}, rate = 30): CutFilm {
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
function soft(name: string, seed: number): CutFilm {
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
function mixedBag(name: string, seed: number): CutFilm {
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

/** ffmpeg's own test pictures, one after the other. */
function patterns(
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
    lures: [],
    make: async (folder) => {
      const path = join(folder, `${name}.mp4`)
      await ffmpeg(
        ...['-filter_complex', [...graph, joined].join(';'), '-map', '[v]', '-r', String(rate)],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', ...codec, '-y', `file:${path}`],
      )
      return path
    },
  }
}

const dark: PlaceLook = { light: 34, contrast: 16, colour: [126, 130] }
const pale: PlaceLook = { light: 150, contrast: 14 }
const alike: PlaceLook = { light: 110, contrast: 55, colour: [118, 138] }
const bare: PlaceLook = { things: 3, rough: 0.1 }

/** The films that thresholds were chosen on. */
export const knownFilms: readonly CutFilm[] = [
  plainCuts('plain', 11, 10),
  plainCuts('plain-24', 12, 8, {}, { rate: 24 }),
  plainCuts('plain-60', 13, 8, {}, { rate: 60 }),
  plainCuts('dark', 14, 8, dark, { grain: 3 }),
  plainCuts('pale', 15, 8, pale, { grain: 2 }),
  plainCuts('alike', 16, 8, alike),
  plainCuts('bare', 17, 8, bare),
  plainCuts('grainy', 18, 8, {}, { grain: 14 }),
  plainCuts('starved', 19, 8, {}, { codec: ['-crf', '42', '-g', '250'] }),
  plainCuts(
    'b-frames',
    20,
    8,
    {},
    { codec: ['-preset', 'veryfast', '-g', '250', '-sc_threshold', '0', '-bf', '3'] },
  ),
  quickCuts('quick', 21, [15, 2, 16, 3, 2, 15, 5, 6, 4, 20, 1, 20]),
  mixedBag('mixed-bag', 22),
  flashes('flashes', 23),
  flashes('flashes-60', 24, 60),
  flashes('flashes-24', 25, 24),
  wild('wild', 26),
  wild('wild-alike', 27, { ...alike, things: 60 }),
  wild('wild-bare', 28, bare),
  wild('wild-dark', 29, dark),
  soft('soft', 30),
  soft('soft-again', 31),
  patterns(
    'patterns',
    [
      'testsrc2',
      'mandelbrot',
      'smptebars',
      'testsrc',
      'cellauto=rule=110:seed=5:scroll=1',
      'rgbtestsrc',
      'life=mold=10:ratio=0.3:seed=7:life_color=#88aa33:death_color=#223344',
      'pal75bars',
    ],
    [20, 25, 15, 30, 20, 20, 20, 20],
    25,
  ),
]

/** Other seeds and other scenes, on which nothing was tuned. */
export const otherFilms: readonly CutFilm[] = [
  plainCuts('other-plain', 1011, 10, { things: 50, rough: 0.9 }),
  plainCuts('other-50', 1012, 10, { things: 12, rough: 0.3 }, { rate: 50 }),
  plainCuts('other-dark', 1014, 10, { light: 42, contrast: 20, colour: [132, 124] }, { grain: 4, rate: 25 }),
  plainCuts('other-pale', 1015, 10, { light: 190, contrast: 18 }, { grain: 3 }),
  plainCuts('other-alike', 1016, 10, { light: 95, contrast: 45, colour: [134, 122], things: 40 }),
  plainCuts('other-bare', 1017, 10, { things: 4, rough: 0.2 }, { rate: 15 }),
  plainCuts('other-grainy', 1018, 10, {}, { grain: 20, rate: 24 }),
  plainCuts('other-starved', 1019, 10, {}, { codec: ['-crf', '45', '-g', '300'] }),
  quickCuts('other-quick', 1021, [12, 4, 3, 12, 2, 14, 7, 3, 3, 15, 9, 2, 12]),
  mixedBag('other-mixed-bag', 1022),
  flashes('other-flashes', 1023),
  flashes('other-flashes-50', 1024, 50),
  wild('other-wild', 1026, { things: 45, rough: 0.8 }),
  wild('other-wild-60', 1027, { things: 20 }, 60),
  wild('other-wild-pale', 1028, pale),
  soft('other-soft', 1030),
  soft('other-soft-again', 1031),
  patterns(
    'other-patterns',
    [
      'sierpinski=seed=3',
      'yuvtestsrc',
      'gradients=seed=9:speed=0.02',
      'testsrc2,hflip',
      'cellauto=rule=30:seed=2:scroll=0',
      'mandelbrot=start_scale=0.5,negate',
      'pal100bars',
      'testsrc2,negate',
    ],
    [20, 20, 20, 20, 20, 20, 20, 20],
    30,
    ['-crf', '30'],
  ),
]
