import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFrames } from '../../../../src/main/media/clip/frame-plan.ts'
import {
  defaultFit,
  shortFixes,
  orientations,
  type TakeSettings,
} from '../../../../src/shared/domain/take.ts'
import type { ClipFacts, ClipWindow } from '../../../../src/shared/domain/media.ts'
import { check } from '../../../../src/shared/rules/check.ts'
import { findModel } from '../../../../src/shared/rules/models.ts'
import { planOf } from '../../../../src/shared/rules/plan.ts'
import { subjectOf, type CheckInputs } from '../../../../src/shared/rules/subject.ts'
import { numericLimit } from '../../../../src/shared/rules/window.ts'
import { aClip, someSettings } from '../../../support/clips/facts.ts'

const rules = findModel('practice', 'practice') ?? expect.fail('there is a practice model')
const whole: ClipWindow = { start: 0, length: null }

function told(facts: ClipFacts, asked = whole, settings: Partial<TakeSettings> = {}) {
  const inputs: CheckInputs = {
    ...{ character: null, clip: facts, asked, scan: null },
    settings: someSettings(settings),
  }
  const plan = planOf(inputs, rules)
  return {
    subject: subjectOf(inputs, rules),
    errors: check(inputs, rules).filter(({ level, fix }) => level === 'error' && fix === undefined),
    step: (step: string) => plan.find((one) => one.step === step),
  }
}

const ntsc = 30_000 / 1001
const rates = fc.constantFrom(10.003, 12, 24_000 / 1001, 25, 29.667, ntsc, 30, 59.94, 60, 120)

/** Frames of an even clock, some of them missing. */
function filmed(rate: number, count: number, missing: number) {
  const frames = Array.from({ length: count }, (_, index) => index)
  const shown = frames.filter((index) => index === 0 || missing === 0 || index % missing !== 1)
  const duration = count / rate
  const facts = aClip({
    ...{ duration, frames: shown.length, frameRate: Number((shown.length / duration).toFixed(4)) },
    ...{ variableFrameRate: missing !== 0, stepRate: null },
  })
  return { times: shown.map((index) => index / rate), facts }
}

describe('the length that is told', () => {
  it('is that of the whole frames that are sent', () => {
    const { step, subject } = told(aClip({ duration: 20.02, frames: 600, frameRate: ntsc }), whole, {
      orientation: 'image',
    })
    expect(subject.sent).toBeCloseTo(299 / ntsc, 9)
    expect(step('trim')?.why).toContain('Performed: 9.98 s from 0 s.')
  })

  it('of an uneven clip is that of its even frames, so that three seconds are three seconds', () => {
    const uneven = aClip({ duration: 3, frames: 65, frameRate: 21.6667, variableFrameRate: true })
    const { errors, subject, step } = told(uneven)
    expect([errors, subject.planned?.frames]).toEqual([[], 72])
    expect(step('re-encode')?.why).toContain('72 frames at 23.98 fps, from 21.67 fps on average')
    expect(step('re-encode')?.cost).toContain('some are dropped or repeated')
    const stepped = told({ ...uneven, stepRate: 30 })
    expect([stepped.subject.planned?.frames, stepped.subject.sent]).toEqual([90, 3])
    expect(stepped.step('re-encode')?.cost).toContain('gaps hold the frame before')
  })

  it('is the length that is made, within the limits, for any clip, part and way to lengthen it', () => {
    let good = 0
    const least = fc.constantFrom(2.9, 2.99, 3, 3.01)
    fc.assert(
      fc.property(
        rates,
        fc.oneof(least, fc.double({ min: 0.5, max: 40, noNaN: true })),
        fc.constantFrom(0, 0, 3, 7),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.oneof(fc.constant(null), least, fc.constantFrom(10, 29.99)),
        fc.constantFrom(null, ...shortFixes),
        fc.constantFrom(...orientations),
        (rate, seconds, missing, start, length, short, orientation) => {
          const clip = filmed(rate, Math.max(1, Math.round(seconds * rate)), missing)
          const fit = { ...defaultFit, short }
          const { subject, errors } = told(clip.facts, { start, length }, { orientation, fit })
          const { window, sent } = subject
          if (errors.length > 0 || window === null) return
          good += 1
          const [minLength, maxLength] = (['min', 'max'] as const).map(
            (end) => numericLimit(rules, `clip.duration.${end}`, orientation) ?? undefined,
          )
          const made = planFrames(clip, { ...window, minLength, maxLength, lengthen: short }, 60)
          expect([made.duration, made.frames]).toEqual([sent, subject.planned?.frames])
          expect(Number(made.duration.toFixed(3))).toBeGreaterThanOrEqual(minLength ?? 0)
          expect(Number(made.duration.toFixed(3))).toBeLessThanOrEqual(maxLength ?? Infinity)
        },
      ),
      { numRuns: 3000 },
    )
    expect(good).toBeGreaterThan(500)
  })
})
