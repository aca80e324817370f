import { describe, expect, it } from 'vitest'
import { findOnsets } from '../../../../src/main/media/sound/onsets.ts'
import { stretched, type Sound } from '../../../../src/main/media/sound/stretch.ts'

const rate = 24_000
const speeds = [0.1, 0.5, 0.8, 2]

/** Two seconds of what a function of time gives, from −1 to 1; of several where there are more channels. */
function sound(...waves: readonly ((time: number, nth: number) => number)[]): Sound {
  const channels = waves.length === 2 ? 2 : 1
  const samples = new Int16Array(2 * rate * channels)
  for (let nth = 0; nth < 2 * rate; nth += 1)
    for (const [channel, wave] of waves.entries())
      samples[nth * channels + channel] = Math.round(32_767 * wave(nth / rate, nth))
  return { samples, channels, rate }
}

function all(source: Sound, speed: number): Int16Array {
  const frames = Math.round(source.samples.length / source.channels / speed)
  const samples = new Int16Array(frames * source.channels)
  let at = 0
  for (const part of stretched(source, speed, frames)) {
    samples.set(part, at)
    at += part.length
  }
  expect(at).toBe(samples.length)
  return samples
}

const tone = (pitch: number) => (time: number) => 0.5 * Math.sin(2 * Math.PI * pitch * time)
const middle = (samples: Int16Array) => samples.subarray(samples.length * 0.2, samples.length * 0.8)

function pitchOf(samples: Int16Array): number {
  let crossings = 0
  for (let nth = 1; nth < samples.length; nth += 1)
    if ((samples[nth - 1] ?? 0) < 0 && (samples[nth] ?? 0) >= 0) crossings += 1
  return (crossings * rate) / samples.length
}

const loudnessOf = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + (sample / 32_767) ** 2, 0) / samples.length)

describe.each(speeds)('sound at %d times the speed', (speed) => {
  it.each([70, 220, 1000])('keeps a tone of %d Hz at its pitch and as loud as it was', (pitch) => {
    const samples = middle(all(sound(tone(pitch)), speed))
    expect(pitchOf(samples) / pitch).toBeCloseTo(1, 1.7)
    expect(loudnessOf(samples) / loudnessOf(middle(sound(tone(pitch)).samples))).toBeCloseTo(1, 1)
  })

  it('has every click whole and once, within a millisecond of its time', () => {
    const times = [0.3, 0.35, 0.8, 1.013, 1.9]
    const isClick = (nth: number) => times.some((time) => Math.round(time * rate) === nth)
    const samples = all(
      sound((time, nth) => (isClick(nth) ? 0.95 : 0.1 * tone(150)(time))),
      speed,
    )
    const heard = [...samples.keys()].filter((nth) => (samples[nth] ?? 0) > 20_000)
    // Two that are nearer to each other than two pieces cannot both be whole at a higher speed.
    const wanted = speed > 1 ? times.filter((time) => time !== 0.35) : times
    for (const time of wanted)
      expect(heard.filter((nth) => Math.abs(nth / rate - time / speed) <= 0.001)).toHaveLength(1)
    expect(heard.length).toBeLessThanOrEqual(times.length)
  })

  it('keeps its channels apart', () => {
    const samples = all(sound(tone(200), tone(500)), speed)
    const channel = (which: number) => middle(samples.filter((_, nth) => nth % 2 === which))
    expect(pitchOf(channel(0))).toBeCloseTo(200, -1)
    expect(pitchOf(channel(1))).toBeCloseTo(500, -1)
  })

  it('is silent where nothing is heard', () => {
    expect(
      all(
        sound(() => 0),
        speed,
      ).every((sample) => sample === 0),
    ).toBe(true)
  })
})

it.each([1, 50, 700])('takes a sound of %d samples', (length) => {
  const source: Sound = { samples: new Int16Array(length).fill(100), channels: 1, rate }
  expect(all(source, 0.5)).toHaveLength(length * 2)
  expect(all(source, 2)).toHaveLength(Math.round(length / 2))
})

describe('where sounds begin', () => {
  it('is found to the sample', () => {
    const beats = [0.25, 0.6, 1.1].map((time) => time * rate)
    const mono = Float32Array.from({ length: 2 * rate }, (_, nth) => {
      const beat = beats.findLast((one) => one <= nth)
      const noise = ((nth * 7919) % 211) / 211 - 0.5
      return beat === undefined ? 0.01 * noise : noise * Math.exp((beat - nth) / (0.05 * rate))
    })
    const found = findOnsets(mono, rate, 960)
    expect(found.slice(-3).map((at, nth) => Math.abs(at - (beats[nth] ?? NaN)) <= 3)).toEqual([
      true,
      true,
      true,
    ])
  })

  it('is nowhere in a steady tone or a voice', () => {
    const voice = Float32Array.from({ length: rate }, (_, nth) => Math.abs(((nth % 200) / 200 - 0.1) ** 3))
    expect(findOnsets(voice, rate, 960).filter((at) => at > 1000)).toEqual([])
    const steady = Float32Array.from({ length: rate }, (_, nth) => tone(440)(nth / rate))
    expect(findOnsets(steady, rate, 960).filter((at) => at > 1000)).toEqual([])
  })

  it('is the most sudden one of several that are near to each other', () => {
    const mono = new Float32Array(rate)
    mono[5000] = 0.2
    mono[5600] = 0.9
    expect(findOnsets(mono, rate, 960)).toHaveLength(1)
  })
})
