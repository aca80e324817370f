import { join } from 'node:path'
import type { MotionCurve } from '../../../src/shared/domain/motion.ts'
import { seeded } from '../../soak/seeded.ts'
import { realTools, runTool } from '../processes/tools.ts'

/** Moves one after the other; each begins and ends gently. */
type Dance = readonly { readonly at: number; readonly lasts: number; readonly far: number }[]

/** `even`: on the beat, as to music. */
export function makeDance(seed: number, seconds: number, even = false): Dance {
  const roll = seeded(seed)
  const beat = 0.35 + 0.35 * roll()
  const moves: Dance[number][] = []
  for (let at = -2; at < seconds + 2; at += even ? beat * (0.97 + 0.06 * roll()) : 0.3 + 0.8 * roll())
    moves.push({ at, lasts: 0.25 + 0.5 * roll(), far: 0.3 + roll() })
  return moves
}

const gently = (part: number) => {
  const done = Math.min(1, Math.max(0, part))
  return done * done * (3 - 2 * done)
}

/** The way of all moves up to a moment. */
const wayTo = (dance: Dance, time: number) =>
  dance.reduce((way, { at, lasts, far }) => way + far * gently((time - at) / lasts), 0)

export type Filming = {
  readonly rate: number
  readonly seconds: number
  /** Of the dance, at the first frame. */
  readonly from?: number
  readonly noise?: number
  readonly seed?: number
  /** Nothing moves in this part, in seconds from the first frame; then it goes on where it would be. */
  readonly frozen?: readonly [from: number, to: number]
}

const momentOf = (frame: number, { rate, from = 0, frozen }: Filming): number => {
  const time = frame / rate
  return from + (frozen && time > frozen[0] && time < frozen[1] ? frozen[0] : time)
}

/** What a camera would measure of a dance. */
export function curveOf(dance: Dance, filming: Filming, gain = 1): MotionCurve {
  const roll = seeded(filming.seed ?? 1)
  const count = Math.max(1, Math.round(filming.seconds * filming.rate))
  const ways = Array.from({ length: count }, (_, frame) => wayTo(dance, momentOf(frame, filming)))
  return {
    times: ways.map((_, frame) => frame / filming.rate),
    energy: ways.map((way, frame) =>
      frame === 0 ? 0 : gain * Math.abs(way - (ways[frame - 1] ?? 0)) + (filming.noise ?? 0) * roll(),
    ),
  }
}

export type Dancer = Filming & {
  readonly width: number
  readonly height: number
  /** Of the height. */
  readonly size: number
  readonly skin: number
  readonly ground: number
}

/** A head, two hands and two feet: the hands swing with the dance, the rest follows a little. */
function drawFrame(picture: Uint8Array, dance: Dance, frame: number, dancer: Dancer, roll: () => number) {
  const { width, height, size, skin, ground, noise = 0 } = dancer
  const way = wayTo(dance, momentOf(frame, dancer))
  const tall = size * height
  const [x, y] = [width / 2 + 0.06 * tall * Math.sin(way), height / 2]
  const limbs = [
    [0, -0.4, 0.12],
    [0, 0, 0.2],
    [-0.15, 0.4, 0.08],
    [0.15, 0.4, 0.08],
    [-0.3 * Math.cos(2.2 * way), -0.3 * Math.sin(2.2 * way), 0.09],
    [0.3 * Math.cos(1.7 * way + 1), 0.3 * Math.sin(1.7 * way + 1), 0.09],
  ] as const
  for (let at = 0; at < picture.length; at += 1) picture[at] = ground + noise * (roll() - 0.5)
  for (const [right, down, radius] of limbs) {
    const [middleX, middleY, reach] = [x + right * tall, y + down * tall, radius * tall]
    for (
      let row = Math.max(0, Math.floor(middleY - reach));
      row < Math.min(height, middleY + reach);
      row += 1
    )
      for (
        let at = Math.max(0, Math.floor(middleX - reach));
        at < Math.min(width, middleX + reach);
        at += 1
      ) {
        const inside = Math.min(1, Math.max(0, reach - Math.hypot(at - middleX, row - middleY)))
        const under = picture[row * width + at] ?? 0
        picture[row * width + at] = under + inside * (skin - under)
      }
  }
}

/** Films a drawn dancer, really. */
export async function filmDancer(
  folder: string,
  name: string,
  dance: Dance,
  dancer: Dancer,
): Promise<string> {
  const { width, height, rate, seconds } = dancer
  const roll = seeded(dancer.seed ?? 1)
  const path = join(folder, name)
  async function* frames() {
    for (let frame = 0; frame < Math.max(1, Math.round(seconds * rate)); frame += 1) {
      const picture = new Uint8Array(width * height)
      drawFrame(picture, dance, frame, dancer, roll)
      yield await Promise.resolve(picture)
    }
  }
  const made = await runTool({
    command: (await realTools()).ffmpeg,
    args: [
      ...['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${String(width)}x${String(height)}`],
      ...['-r', String(rate), '-i', 'pipe:0', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '28'],
      ...['-pix_fmt', 'yuv420p', '-y', `file:${path}`],
    ],
    input: frames(),
    wallLimit: 120_000,
  })
  if (made.exitCode !== 0) throw new Error(made.stderr)
  return path
}
