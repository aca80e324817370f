import { describe, expect, it } from 'vitest'
import { soundOffset } from '../../../../src/main/media/offset/sound-offset.ts'
import * as sounds from '../../../support/sound/made-sounds.ts'

const find = (reference: Float32Array, result: Float32Array) =>
  soundOffset({ reference, result, rate: sounds.soundRate })

const exact = 0.005
/** In the middle of what both share, where the result drifts. */
const drifting = 0.01

describe.each([
  ['speech', sounds.speech, 5],
  ['music', sounds.music, 8],
] as const)('the offset of %s by its sound', (_kind, make, seed) => {
  const reference = make(10, seed)
  const later = 0.733
  const result = sounds.part(reference, later, 7)

  it.each([
    ['the same sound', () => result],
    ['the sound in noise as loud', () => sounds.mixed(result, sounds.noise(7, 9))],
    ['the sound with another voice as loud', () => sounds.mixed(result, sounds.speech(7, 77))],
    ['the sound over a telephone in a room', () => sounds.telephone(result)],
    ['a sound of which 70 % is silent', () => sounds.interrupted(result, 0.7)],
    ['the same sound, almost too quiet to hear', () => sounds.levelled(result, 0.002)],
  ])('is found within 5 ms for %s', (_name, heard) => {
    const found = find(reference, heard())
    expect(found).toMatchObject({ verdict: 'sure', slope: 0, soundless: null })
    expect(Math.abs((found.offset ?? NaN) - later)).toBeLessThanOrEqual(exact)
    expect(found.candidates).toEqual([found.offset])
  })

  it.each([
    ['a result that starts late', -0.412, 7],
    ['three seconds out of it', 5.1, 3],
    ['a second and a half out of it', 5.1, 1.5],
    ['a result of which only the beginning is in the reference', 7.5, 8],
  ])('is found within 5 ms for %s', (_name, truth, seconds) => {
    const found = find(reference, sounds.part(reference, truth, seconds))
    expect(found.verdict).toBe('sure')
    expect(Math.abs((found.offset ?? NaN) - truth)).toBeLessThanOrEqual(exact)
  })

  it('has the other sign when the reference is the shorter one', () => {
    const found = find(result, reference)
    expect(found.verdict).toBe('sure')
    expect(Math.abs((found.offset ?? NaN) + later)).toBeLessThanOrEqual(exact)
  })

  it.each([
    ['0.1 %', 1.001, (speed: number) => sounds.resampled(result, speed)],
    ['1 % at the same pitch', 1.01, (speed: number) => sounds.stretched(result, speed)],
  ])('is found in the middle, with the slope, where the result runs slower by %s', (_name, slower, heard) => {
    const slow = heard(1 / slower)
    const found = find(reference, slow)
    expect(found.verdict).toBe('sure')
    expect(Math.abs(found.slope - (slower - 1))).toBeLessThanOrEqual(0.004)
    // What the result plays at t of its own is at t / slower of the part that was cut out.
    const middle = slow.length / sounds.soundRate / 2
    const truth = later + middle / slower - middle
    expect(Math.abs((found.offset ?? NaN) - truth)).toBeLessThanOrEqual(drifting)
  })

  it('is never sure where the speed differs by five percent', () => {
    expect(find(reference, sounds.stretched(result, 1.05)).verdict).not.toBe('sure')
  })

  it('is open between all places of a loop, the right one among them', () => {
    const loop = sounds.repeated(make(2, seed), 5)
    const found = find(loop, sounds.part(loop, 0.4, 6))
    expect(found.verdict).toBe('ambiguous')
    expect(found.candidates.length).toBeGreaterThan(1)
    for (const candidate of found.candidates) {
      const place = (candidate - 0.4) / 2
      expect(Math.abs(place - Math.round(place)) * 2).toBeLessThanOrEqual(exact)
    }
    expect(found.candidates.some((candidate) => Math.abs(candidate - 0.4) <= exact)).toBe(true)
  })
})

describe('another sound', () => {
  it('at another pitch is matched by when its syllables begin, and is only likely', () => {
    const reference = sounds.speech(10, 5)
    const higher = sounds.stretched(sounds.resampled(sounds.part(reference, 0.733, 7), 1.25), 0.8)
    const found = find(reference, higher)
    expect(found.verdict).toBe('likely')
    expect(Math.abs((found.offset ?? NaN) - 0.733)).toBeLessThanOrEqual(0.01)
  })

  it('is never sure in 210 pairs that have nothing to do with each other', () => {
    const all = Array.from({ length: 21 }, (_, seed) => {
      const seconds = 2 + (seed % 3)
      const make = [sounds.speech, sounds.music, sounds.noise][seed % 3] ?? sounds.speech
      return make(seconds, 1000 + seed)
    })
    const verdicts = all.flatMap((reference, nth) =>
      all.slice(nth + 1).map((result) => find(reference, result).verdict),
    )
    expect(verdicts).toHaveLength(210)
    expect(verdicts.filter((verdict) => verdict === 'sure')).toEqual([])
    expect(verdicts.filter((verdict) => verdict === 'none').length).toBeGreaterThan(200)
  })

  it('of pure tones has no place where it matches', () => {
    const tone = (frequency: number, beat: number, seconds: number) =>
      sounds.levelled(
        Float32Array.from({ length: seconds * sounds.soundRate }, (_, nth) => {
          const turn = (2 * Math.PI * nth) / sounds.soundRate
          return Math.sin(frequency * turn) * (1 + Math.sin(beat * turn))
        }),
      )
    for (const other of [tone(660, 0, 6), tone(523, 3, 6), tone(440, 2.5, 3), sounds.speech(6, 3)])
      expect(find(tone(440, 2, 8), other).verdict).not.toMatch(/sure|likely/)
  })
})

describe('too little sound', () => {
  const voice = sounds.speech(3, 1)

  it('is said with its side', () => {
    const quiet = new Float32Array(3 * sounds.soundRate)
    expect(find(quiet, voice).soundless).toEqual({ side: 'reference', why: 'silent' })
    expect(find(voice, quiet)).toMatchObject({
      verdict: 'none',
      offset: null,
      soundless: { side: 'result', why: 'silent' },
    })
    expect(find(voice, new Float32Array(0)).soundless).toEqual({ side: 'result', why: 'silent' })
  })

  it('in common is no answer', () => {
    expect(find(voice, sounds.part(voice, 0.5, 0.9))).toMatchObject({ verdict: 'none', offset: null })
  })
})
