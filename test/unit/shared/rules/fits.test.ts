import { describe, expect, it } from 'vitest'
import { defaultFit, type FitChoices, type TakeSettings } from '../../../../src/shared/domain/take.ts'
import type { CharacterFacts, ClipFacts, ClipWindow } from '../../../../src/shared/domain/media.ts'
import { check, isChoice, verdictOf } from '../../../../src/shared/rules/check.ts'
import { findModel } from '../../../../src/shared/rules/models.ts'
import { planOf } from '../../../../src/shared/rules/plan.ts'
import { subjectOf, type CheckInputs } from '../../../../src/shared/rules/subject.ts'
import { aCharacter, aClip, someSettings } from '../../../support/clips/facts.ts'

type Given = {
  readonly character?: Partial<CharacterFacts>
  readonly clip?: Partial<ClipFacts>
  readonly asked?: ClipWindow
  readonly fit?: Partial<FitChoices>
  readonly settings?: Partial<TakeSettings>
  readonly model?: readonly [string, string]
}

function judged({ character, clip, asked, fit, settings, model = ['practice', 'practice'] }: Given) {
  const rules = findModel(...model)
  if (!rules) throw new Error(`there is no ${model.join(' ')}`)
  const inputs: CheckInputs = {
    character: aCharacter(character),
    clip: aClip(clip),
    asked: asked ?? { start: 0, length: null },
    settings: someSettings({ fit: { ...defaultFit, ...fit }, ...settings }),
    scan: null,
  }
  const findings = check(inputs, rules)
  const errors = findings.filter(({ level }) => level === 'error')
  const plan = planOf(inputs, rules)
  return {
    verdict: verdictOf(findings),
    errors,
    fixes: errors.map(({ rule, fix }) => `${rule}: ${fix ?? 'none'}`),
    choices: errors.every((error) => isChoice(error, inputs)),
    subject: subjectOf(inputs, rules),
    step: (step: string) => plan.find((one) => one.step === step),
    steps: (target: string) => plan.filter((one) => one.target === target).map(({ step }) => step),
  }
}

const seconds = (duration: number) => ({ duration, frames: Math.round(duration * 30) })

describe('a picture that is too small', () => {
  it('is enlarged up to four times, with the price of it in words', () => {
    const { verdict, fixes, step } = judged({ character: { width: 200, height: 300 } })
    expect([verdict, fixes]).toEqual(['fixable', ['image.side.min: scale-up']])
    expect(step('scale-up')?.cost).toBe('enlarged 1.7 times, looks softer')
    expect(judged({ character: { width: 75, height: 100 } }).verdict).toBe('fixable')
  })

  it('becomes as large as is advised, where that is not enlarged too much', () => {
    const cost = (width: number) =>
      judged({ character: { width, height: width + 20 } }).step('scale-up')?.cost
    expect(cost(85)).toBe('enlarged 4 times, looks softer')
    expect(cost(80)).toBe('enlarged 3.75 times, looks softer')
  })

  it('is refused beyond that, and the sentence says why', () => {
    const { verdict, errors } = judged({ character: { width: 74, height: 100 } })
    expect(verdict).toBe('refused')
    expect(errors[0]?.message).toContain('Enlarging it 4.1 times')
  })

  it('only gets a border where that makes it large enough', () => {
    const { fixes, steps } = judged({ character: { width: 1200, height: 290 } })
    expect(fixes).toEqual(['image.side.min: pad', 'image.aspect: pad'])
    expect(steps('character')).toEqual(['pad', 'strip-metadata'])
  })

  it('is never enlarged for a wish of 340 px: that only warns', () => {
    const { verdict, steps } = judged({ character: { width: 320, height: 400 } })
    expect([verdict, steps('character')]).toEqual(['ready', ['strip-metadata']])
  })
})

describe('a picture of an extreme shape', () => {
  const wide = { width: 2000, height: 500 }
  it('gets a border, or loses its ends where that was chosen', () => {
    expect(judged({ character: wide }).fixes).toEqual(['image.aspect: pad'])
    expect(judged({ character: wide }).step('pad')?.cost).toContain('#ffffff')
    expect(judged({ character: wide, fit: { aspect: 'crop' } }).fixes).toEqual(['image.aspect: crop'])
  })

  it('is judged inside the user’s own frame', () => {
    const frame = { x: 0.25, y: 0, width: 0.5, height: 1 }
    const { verdict, subject, step } = judged({ character: wide, fit: { crop: frame } })
    expect(verdict).toBe('ready')
    expect(subject.character).toMatchObject({ width: 1000, height: 500 })
    expect(step('crop')?.why).toBe('Your crop keeps 1000 × 500 px of the image.')
    const small = judged({ character: wide, fit: { crop: { ...frame, width: 0.25, height: 0.5 } } })
    expect(small.fixes).toEqual(['image.side.min: scale-up'])
    expect(small.errors[0]?.measured).toBe(250)
  })

  it('blames that frame, and not the picture, where too little is left', () => {
    const tiny = judged({ character: wide, fit: { crop: { x: 0, y: 0, width: 0.03, height: 0.1 } } })
    expect([tiny.verdict, tiny.choices]).toEqual(['refused', true])
    expect(judged({ character: { width: 60, height: 50 } }).choices).toBe(false)
  })
})

describe('a picture that is too large', () => {
  it('is made smaller, or is small enough once it is cropped', () => {
    expect(judged({ character: { width: 70_000, height: 40_000 } }).fixes).toEqual([
      'image.side.max: scale-down',
    ])
    expect(judged({ character: { width: 70_000, height: 1000 }, fit: { aspect: 'crop' } }).fixes).toEqual([
      'image.side.max: crop',
      'image.aspect: crop',
    ])
  })
})

describe('a picture of another kind', () => {
  it('is converted for the reasons there are', () => {
    const { step } = judged({
      character: { format: 'gif', animated: true, alpha: true, orientation: 6, colourSpace: 'cmyk' },
      fit: { background: '#00ff00' },
    })
    const why = step('convert-image')?.why
    for (const reason of ['gif', 'first frame', '#00ff00', 'upright', 'sRGB']) expect(why).toContain(reason)
  })
})

describe('the sides of a clip', () => {
  it('are scaled up and down, with the price of it in words', () => {
    const small = judged({ clip: { width: 170, height: 302 } })
    expect([small.verdict, small.fixes]).toEqual(['fixable', ['clip.side.min: scale-up']])
    expect(small.step('scale-up')?.cost).toBe('enlarged 2 times, looks softer')
    expect(judged({ clip: { width: 4096, height: 2160 } }).fixes).toEqual(['clip.side.max: scale-down'])
  })

  it('are refused where nothing is left to see, or where one limit breaks the other', () => {
    expect(judged({ clip: { width: 84, height: 150 } }).verdict).toBe('refused')
    expect(judged({ clip: { width: 85, height: 150 } }).verdict).toBe('fixable')
    // Scaled to 3850 px its other side would be 308 px.
    const narrow = judged({ clip: { width: 5000, height: 400 } })
    expect(narrow.verdict).toBe('refused')
    expect(narrow.errors[0]?.message).toContain('so narrow that one side breaks a limit')
    expect(judged({ clip: { width: 5000, height: 442 } }).verdict).toBe('fixable')
  })
})

describe('a clip that is too long', () => {
  const long = { clip: seconds(45), settings: { orientation: 'image' } as const }
  it('is told by what is left, because what is performed keeps the limit', () => {
    const { step } = judged({ ...long, asked: { start: 7, length: null } })
    expect(step('trim')?.why).toBe(
      'The clip has 38 s left after the in-point; the limit is 10 s. Performed: 10 s from 7 s.',
    )
    expect(judged(long).step('trim')?.why).toMatch(/^The clip is 45 s long; the limit is 10 s\./)
  })

  it('is told by the length that was asked for where there is one', () => {
    const { errors } = judged({ ...long, asked: { start: 7, length: 12 } })
    expect(errors[0]?.message).toBe('The length of the performed part is 12 s; it must be at most 10 s.')
  })
})

describe('an in-point behind the end of the clip', () => {
  it('is said to lie there, and another one is the user’s to choose', () => {
    const { errors, choices } = judged({ clip: seconds(16), asked: { start: 17, length: null } })
    expect(errors.map(({ message }) => message)).toEqual([
      'The clip ends at 16 s; the in-point at 17 s is after its end.',
    ])
    expect(choices).toBe(true)
  })
})

describe('a clip that is too short', () => {
  const short = { clip: seconds(2) }
  it('waits for the user’s choice, and names the choices there are', () => {
    const { verdict, errors, choices } = judged(short)
    expect([verdict, choices]).toEqual(['refused', true])
    expect(errors[0]?.choices).toEqual(['slow-down', 'boomerang', 'loop'])
    expect(errors[0]?.message).toBe(
      'The length of the performed part is 2 s; it must be at least 3 s. You can choose to play it 1.5 times slower, play it forward and backward, or repeat it.',
    )
  })

  it.each([
    ['slow-down', 'plays 1.5 times slower, including the sound'],
    ['boomerang', 'the motion also runs backward'],
    ['loop', 'adds a jump at each repeat'],
  ] as const)('is lengthened by %s, for a price in words', (way, cost) => {
    const { verdict, fixes, step, subject } = judged({ ...short, fit: { short: way } })
    expect([verdict, fixes]).toEqual(['fixable', [`clip.duration.min: ${way}`]])
    expect(step(way)?.cost).toBe(cost)
    expect(subject.sent).toBe(3)
  })

  it('says that there and back leaves the sound out, where there is one that was to be kept', () => {
    const clip = { ...seconds(2), audio: { codec: 'mp3', channels: 2, sampleRate: 48_000 }, audioTracks: 1 }
    const fit = { short: 'boomerang' } as const
    const { step } = judged({ clip, fit })
    expect(step('boomerang')?.cost).toContain('the sound is removed')
    expect(step('re-encode')?.why).not.toContain('The sound')
    expect(judged({ clip, fit, settings: { keepSound: false } }).step('boomerang')?.cost).not.toContain(
      'sound',
    )
    expect(judged({ clip, fit: { short: 'loop' } }).step('loop')?.cost).not.toContain('sound')
  })

  it('is never slowed down more than 2.5 times', () => {
    expect(judged({ clip: seconds(1.2), fit: { short: 'slow-down' } }).verdict).toBe('fixable')
    const { verdict, errors, choices } = judged({ clip: seconds(35 / 30), fit: { short: 'slow-down' } })
    expect([verdict, choices]).toEqual(['refused', true])
    expect(errors[0]?.message).toContain('the limit is 2.5 times')
    expect(errors[0]?.choices).toEqual(['boomerang', 'loop'])
  })

  it('is at fault itself where it would have to be played more than four times', () => {
    expect(judged({ clip: seconds(0.75), fit: { short: 'loop' } }).verdict).toBe('fixable')
    const { verdict, choices, errors } = judged({ clip: seconds(0.5), fit: { short: 'loop' } })
    expect([verdict, choices]).toEqual(['refused', false])
    expect(errors[0]?.message).toContain('It is too short to lengthen.')
  })

  it('is sent in whole frames that reach the least length', () => {
    const ntsc = { duration: 2.002, frames: 60, frameRate: 30_000 / 1001 }
    expect(judged({ clip: ntsc, fit: { short: 'loop' } }).subject.sent).toBeCloseTo((90 * 1001) / 30_000, 9)
    const fast = { duration: 2, frames: 240, frameRate: 120 }
    expect(judged({ clip: fast, fit: { short: 'loop' } }).subject.sent).toBe(3)
  })

  it('is told in full where it is a hair too short', () => {
    const { errors } = judged({ clip: { duration: 2.997, frames: 90, frameRate: 90 / 2.997 } })
    expect(errors[0]?.message).toContain('is 2.997 s; it must be at least 3 s')
  })
})

describe('the plan of a clip', () => {
  it('copies what fits as it is', () => {
    const { steps, step } = judged({})
    expect(steps('clip')).toEqual(['remux', 'strip-metadata'])
    expect(step('remux')?.cost).toBe('none')
    const audio = { codec: 'aac', channels: 2, sampleRate: 48_000 }
    const silent = judged({ clip: { audio, audioTracks: 1 }, settings: { keepSound: false } })
    expect(silent.step('remux')?.why).toContain('The sound is removed, as you chose.')
  })

  it.each([
    ['HDR', { hdr: 'pq', bitDepth: 10, pixelFormat: 'yuv420p10le' }, 'bright highlights'],
    ['10-bit colour', { bitDepth: 10, pixelFormat: 'yuv420p10le' }, 'gradients may show bands'],
    ['Interlaced', { interlaced: true }, 'fine edges'],
    ['frame rate becomes constant', { variableFrameRate: true }, 'part of a frame'],
    ['rotated upright', { rotation: 90 }, 'hardly visible loss'],
    ['mirror', { placement: 'flipped' }, 'hardly visible loss'],
    ['square', { pixelAspect: 4 / 3 }, 'hardly visible loss'],
    ['hevc', { codec: 'hevc' }, 'hardly visible loss'],
    ['120 fps becomes 60 fps', { frameRate: 120 }, 'fewer frames'],
    ['even sizes', { width: 721 }, 'hardly visible loss'],
  ] as const)('says why it is coded anew (%s), and what that costs', (why, clip, cost) => {
    const { step } = judged({ clip: { ...clip } })
    expect(step('re-encode')?.why).toContain(why)
    expect(step('re-encode')?.cost).toContain(cost)
  })

  it('says what becomes of the sound', () => {
    const { step } = judged({
      clip: { audio: { codec: 'pcm_s16le', channels: 6, sampleRate: 48_000 }, audioTracks: 2 },
    })
    const why = step('re-encode')?.why
    for (const word of ['pcm_s16le', 'stereo', 'first sound track']) expect(why).toContain(word)
  })

  it('keeps the order in which it is carried out', () => {
    const { steps } = judged({
      clip: { ...seconds(20), width: 200, height: 360, container: 'mkv', bytes: 200_000_000 },
      asked: { start: 3, length: 2 },
      fit: { short: 'boomerang' },
    })
    expect(steps('clip')).toEqual([
      'trim',
      'boomerang',
      'scale-up',
      're-encode',
      'compress',
      'strip-metadata',
    ])
  })

  it('never calls a byte too much the same size', () => {
    const { errors } = judged({ clip: { bytes: 100_000_001 } })
    expect(errors[0]?.message).toBe('The clip size is 100,000,001 bytes; it must be at most 100 MB.')
  })
})
