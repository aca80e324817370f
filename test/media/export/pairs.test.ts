import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameTimes } from '../../../src/main/media/probe/probe-clip.ts'
import { sideBySide } from '../../../src/main/media/export/side-by-side.ts'
import { installerTool } from '../../../src/main/media/tools/bundled.ts'
import { framesAt } from '../../../src/shared/domain/pairs.ts'
import { steadyRate } from '../../../src/shared/domain/frames.ts'
import * as clips from '../../support/clips/clips.ts'
import { numbersInHalf } from '../../support/clips/halves.ts'
import { clipFacts, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'

let bench: Workbench
/** Clips by their rate, of two seconds, each frame with its own number. */
const sources: Record<string, string> = {}
beforeAll(async () => {
  bench = await createWorkbench()
  const small = { seconds: 2, width: 320, height: 180, sound: false } as const
  for (const rate of [24, 25, 30, 60])
    sources[String(rate)] = await clips.makeClip(bench.folder, `${String(rate)}.mp4`, { ...small, rate })
  sources['VFR'] = await clips.makeClip(bench.folder, 'variable.mp4', {
    ...small,
    // Every third frame is missing, and each is up to 4 ms late.
    filter: "select='mod(n,3)',setpts='PTS+0.004*random(0)/TB'",
    video: [
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-pix_fmt', 'yuv420p'],
      ...['-vsync', 'vfr', '-video_track_timescale', '90000'],
    ],
  })
})
afterAll(() => bench.remove())

/** Asked once for each file; every pair asks the same of the same few. */
const once = <T>(ask: (path: string) => Promise<T>) => {
  const known = new Map<string, Promise<T>>()
  return (path: string) => {
    const answer = known.get(path) ?? ask(path)
    known.set(path, answer)
    return answer
  }
}
const timesOf = once(async (path) => valueOf(await frameTimes(bench.mediaTools, path)))
// A clip from which frames were taken away carries the numbers of those it kept.
const numbersOf = once(clips.frameNumbers)

const pairs = [
  ['30', '24', 0],
  ['30', 'VFR', 0],
  ['VFR', '24', -0.4],
  ['25', '24', 0.1],
  ['60', '24', 1 / 3],
  ['VFR', '24', 0.777],
  ['24', '25', 0.0415],
  // A frame begins exactly as much before a tick as two times may differ and be the same.
  ['25', '24', 0.009],
  // The result ends, or begins, far outside of the reference.
  ['24', '60', -1.5],
  ['30', '25', 1.9],
] as const

const builds = [
  ['the ffmpeg that is used', null],
  ['the oldest one that set-up accepts', installerTool('@ffmpeg-installer/ffmpeg')],
] as const

describe.each(builds)('an exported comparison, by %s,', (_name, program) => {
  it.each(pairs)('shows the pairs of the player: %s beside %s, %f s later', async (left, right, offset) => {
    const mediaTools = { ...bench.mediaTools, ...(program !== null && { ffmpeg: program }) }
    const [reference, result] = [sources[left] ?? '', sources[right] ?? '']
    const target = join(bench.folder, `${left}-${right}-${String(offset)}-${String(program === null)}.mp4`)
    const { path } = valueOf(
      await sideBySide(mediaTools, { reference, result, offset, sound: 'none', target }),
    )
    const facts = await clipFacts(bench.mediaTools, path)
    expect(facts.variableFrameRate).toBe(false)

    const sides = [
      { frameTimes: await timesOf(reference), lead: 0 },
      { frameTimes: await timesOf(result), lead: -offset },
    ]
    const carried = await Promise.all([reference, result].map(numbersOf))
    const expected = Array.from({ length: facts.frames }, (_, tick) =>
      framesAt(sides, steadyRate(facts.frameRate), 0, tick).map((frame, side) => carried[side]?.[frame]),
    )
    const shown = await Promise.all([
      numbersInHalf(bench.folder, path, 'left', 320),
      numbersInHalf(bench.folder, path, 'right', 320),
    ])
    expect(shown[0]).toEqual(expected.map(([number]) => number))
    expect(shown[1]).toEqual(expected.map(([, number]) => number))
  })
})
