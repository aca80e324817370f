import type { PlaceLook } from './filmed.ts'
import type { CutFilm } from './reel.ts'
import { flashes, jumpy, mixedBag, patterns, plainCuts, quickCuts, soft, wild } from './reels.ts'

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
  jumpy('jumpy', 41),
  jumpy('jumpy-alike', 42, alike),
  jumpy('jumpy-pale', 43, pale),
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

/** The same kinds of films from other places, people and light. */
export const otherFilms = (seed: number): readonly CutFilm[] => [
  plainCuts(`${seed}-plain`, seed + 11, 10, { things: 50, rough: 0.9 }),
  plainCuts(`${seed}-50`, seed + 12, 10, { things: 12, rough: 0.3 }, { rate: 50 }),
  plainCuts(
    `${seed}-dark`,
    seed + 14,
    10,
    { light: 42, contrast: 20, colour: [132, 124] },
    { grain: 4, rate: 25 },
  ),
  plainCuts(`${seed}-pale`, seed + 15, 10, { light: 190, contrast: 18 }, { grain: 3 }),
  plainCuts(`${seed}-alike`, seed + 16, 10, { light: 95, contrast: 45, colour: [134, 122], things: 40 }),
  plainCuts(`${seed}-bare`, seed + 17, 10, { things: 4, rough: 0.2 }, { rate: 15 }),
  plainCuts(`${seed}-grainy`, seed + 18, 10, {}, { grain: 20, rate: 24 }),
  plainCuts(`${seed}-starved`, seed + 19, 10, {}, { codec: ['-crf', '45', '-g', '300'] }),
  quickCuts(`${seed}-quick`, seed + 21, [12, 4, 3, 12, 2, 14, 7, 3, 3, 15, 9, 2, 12]),
  mixedBag(`${seed}-mixed-bag`, seed + 22),
  flashes(`${seed}-flashes`, seed + 23),
  flashes(`${seed}-flashes-50`, seed + 24, 50),
  wild(`${seed}-wild`, seed + 26, { things: 45, rough: 0.8 }),
  wild(`${seed}-wild-60`, seed + 27, { things: 20 }, 60),
  wild(`${seed}-wild-pale`, seed + 28, pale),
  jumpy(`${seed}-jumpy`, seed + 41, { things: 50, rough: 0.9 }),
  jumpy(`${seed}-jumpy-dim`, seed + 42, { light: 60, contrast: 30 }),
  soft(`${seed}-soft`, seed + 30),
  soft(`${seed}-soft-again`, seed + 31),
  patterns(
    `${seed}-patterns`,
    [
      'smptehdbars',
      'yuvtestsrc',
      'testsrc,negate',
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
