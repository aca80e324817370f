import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultFit, type FitChoices, orientations } from '../../../../src/shared/domain/take.ts'
import type { CharacterFacts, ClipFacts } from '../../../../src/shared/domain/media.ts'
import { check, verdictOf } from '../../../../src/shared/rules/check.ts'
import type { PlanStep } from '../../../../src/shared/rules/finding.ts'
import { modelRules } from '../../../../src/shared/rules/models.ts'
import { planOf } from '../../../../src/shared/rules/plan.ts'
import type { ModelRules } from '../../../../src/shared/rules/rules.ts'
import { subjectOf, type CheckInputs } from '../../../../src/shared/rules/subject.ts'
import { aCharacter, aClip, someSettings } from '../../../support/clips/facts.ts'
import { expectations, type Expected } from '../../../support/clips/expected-limits.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const crop = fc
  .tuple(unit, unit, unit, unit)
  .map(([a, b, c, d]) => ({
    x: Math.min(a, b),
    y: Math.min(c, d),
    width: Math.abs(a - b),
    height: Math.abs(c - d),
  }))
  .filter(({ width, height }) => width > 0.05 && height > 0.05)
const fit: fc.Arbitrary<FitChoices> = fc.record({
  short: fc.constantFrom(null, 'slow-down', 'boomerang', 'loop'),
  aspect: fc.constantFrom('pad', 'crop'),
  crop: fc.option(crop),
  background: fc.constant('#ffffff'),
})

const side = fc.oneof(
  fc.integer({ min: 40, max: 6000 }),
  fc.constantFrom(299, 300, 339, 340, 341, 3849, 3850, 3851),
)
const character = fc
  .record({
    width: fc.oneof(side, fc.integer({ min: 6000, max: 70_000 })),
    height: side,
    bytes: fc.constantFrom(1000, 10_000_000, 10_000_001, 60_000_000),
    format: fc.constantFrom('jpeg', 'png', 'webp', 'heic', 'gif'),
    orientation: fc.constantFrom(1, 6),
    alpha: fc.boolean(),
    animated: fc.boolean(),
  })
  .map(aCharacter)
const clip = fc
  .record({
    width: side,
    height: side,
    bytes: fc.constantFrom(1000, 10_000_000, 10_000_001, 100_000_001),
    container: fc.constantFrom('mp4', 'mov', 'webm', 'mkv', 'avi'),
    codec: fc.constantFrom('h264', 'hevc', 'vp9'),
    duration: fc.double({ min: 0.2, max: 60, noNaN: true }),
    frameRate: fc.constantFrom(24, 25, 30, 30_000 / 1001, 60, 120),
    hdr: fc.constantFrom('none', 'pq', 'hlg'),
    rotation: fc.constantFrom(0, 90),
    variableFrameRate: fc.boolean(),
  })
  .map(({ duration, frameRate, ...rest }) => {
    const frames = Math.max(1, Math.round(duration * frameRate))
    return aClip({ ...rest, frameRate, frames, duration: frames / frameRate })
  })

const asked = fc.record({
  start: fc.constantFrom(0, 0, 1.5),
  length: fc.constantFrom(null, null, 2, 3, 8, 12, 35),
})

const given = fc
  .record({
    rules: fc.constantFrom(...modelRules),
    orientation: fc.constantFrom(...orientations),
    character,
    clip,
    asked,
    fit,
    prompt: fc.constantFrom('', 'dance'),
  })
  .map(({ rules, orientation, fit: chosen, prompt, ...inputs }) => ({
    rules,
    inputs: {
      ...inputs,
      scan: null,
      settings: someSettings({
        provider: rules.provider,
        model: rules.model,
        orientation,
        prompt,
        fit: chosen,
      }),
    } satisfies CheckInputs,
  }))

function limitsOf({ provider, model }: ModelRules): Expected {
  const found = expectations.find(({ models }) => models.some(([p, m]) => p === provider && m === model))
  if (!found) throw new Error(`nothing is expected of ${provider} ${model}`)
  return found
}

const bound = ({ limit, level }: Expected['clipBytes']) => (level === 'error' ? limit : null)
const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)

/**
 * What the steps of a plan make of a clip, by what each step says it does: a model of the preparation that knows the
 * limits from the table written by hand and nothing of the code that planned.
 */
function preparedClip(
  source: ClipFacts,
  { window }: Pick<ReturnType<typeof subjectOf>, 'window'>,
  steps: readonly PlanStep['step'][],
  rules: ModelRules,
): ClipFacts {
  const limits = limitsOf(rules)
  const has = (step: PlanStep['step']) => steps.includes(step)
  let { width, height, duration, bytes, container, codec, frameRate } = source
  if (has('trim')) duration = window?.length ?? duration
  if (has('slow-down') || has('boomerang') || has('loop')) duration = 3
  const scaled = (factor: number) => {
    width = even(width * factor)
    height = even(height * factor)
  }
  if (has('scale-up')) scaled((bound(limits.clipSideMin) ?? 0) / Math.min(width, height))
  if (has('scale-down')) scaled((bound(limits.clipSideMax) ?? Infinity) / Math.max(width, height))
  if (has('re-encode')) {
    container = 'mp4'
    codec = 'h264'
    frameRate = Math.min(frameRate, 60)
  }
  if (has('compress')) bytes = Math.min(bytes, bound(limits.clipBytes) ?? bytes)
  const variableFrameRate = source.variableFrameRate && !has('re-encode')
  const frames = Math.round(duration * frameRate)
  return {
    ...source,
    ...{ width, height, duration, bytes, container, codec },
    ...{ frameRate, frames, variableFrameRate },
  }
}

function preparedCharacter(
  source: CharacterFacts,
  steps: readonly PlanStep['step'][],
  rules: ModelRules,
): CharacterFacts {
  const limits = limitsOf(rules)
  const has = (step: PlanStep['step']) => steps.includes(step)
  let { width, height, bytes, format } = source
  if (has('pad')) {
    const [wide, high] = [width, height]
    width = Math.max(wide, Math.ceil(high * 0.4))
    height = Math.max(high, Math.ceil(wide / 2.5))
  }
  // Only the crop to the aspect: the user's own frame was applied to `source` before.
  if (has('crop') && limits.imageAspect === 'error') {
    width = Math.min(width, Math.floor(height * 2.5))
    height = Math.min(height, Math.floor(width / 0.4))
  }
  const scaled = (factor: number, round: (value: number) => number) => {
    // The aspect's edge leaves no room for rounding both sides their own way.
    const [wide, high] = [width * factor, height * factor]
    width = round(wide)
    height = round(high)
    if (width / height > 2.5) width = Math.floor(height * 2.5)
    if (width / height < 0.4) height = Math.floor(width / 0.4)
  }
  if (has('scale-up')) scaled((bound(limits.imageSideMin) ?? 0) / Math.min(width, height), Math.ceil)
  if (has('scale-down'))
    scaled((bound(limits.imageSideMax) ?? Infinity) / Math.max(width, height), Math.floor)
  if (has('convert-image')) {
    format = 'jpeg'
    bytes = Math.min(bytes, bound(limits.imageBytes) ?? bytes)
  }
  return { ...source, width, height, bytes, format }
}

const errorsOf = (inputs: CheckInputs, rules: ModelRules) =>
  check(inputs, rules).filter(({ level }) => level === 'error')

describe('a plan', () => {
  it('has a step for every fix that a finding names, in the order in which they are made', () => {
    const execution = [
      ...['crop', 'pad', 'trim', 'slow-down', 'boomerang', 'loop', 'scale-up', 'scale-down'],
      ...['convert-image', 'remux', 're-encode', 'compress', 'strip-metadata'],
    ]
    fc.assert(
      fc.property(given, ({ inputs, rules }) => {
        const plan = planOf(inputs, rules)
        for (const { target, fix } of check(inputs, rules)) {
          if (fix) expect(plan.map((step) => `${step.target} ${step.step}`)).toContain(`${target} ${fix}`)
        }
        for (const target of ['character', 'clip'] as const) {
          const steps = plan.filter((step) => step.target === target).map(({ step }) => step)
          expect(new Set(steps).size).toBe(steps.length)
          expect(steps).toEqual(steps.toSorted((a, b) => execution.indexOf(a) - execution.indexOf(b)))
        }
        for (const { why, cost } of plan) {
          expect(why).toMatch(/\.$/)
          expect(cost).not.toBe('')
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('either copies or codes the clip, never both', () => {
    fc.assert(
      fc.property(given, ({ inputs, rules }) => {
        const steps = planOf(inputs, rules).map(({ step }) => step)
        expect(steps.filter((step) => step === 'remux' || step === 're-encode')).toHaveLength(1)
      }),
    )
  })

  it('makes what is called fixable fit: the files its steps would write break no rule', () => {
    let fixable = 0
    fc.assert(
      fc.property(given, ({ inputs, rules }) => {
        const found = check(inputs, rules)
        if (verdictOf(found) !== 'fixable') return
        fixable += 1
        const plan = planOf(inputs, rules)
        const subject = subjectOf(inputs, rules)
        const steps = (target: PlanStep['target']) =>
          plan.filter((step) => step.target === target).map(({ step }) => step)
        if (!subject.character) throw new Error('both are given')
        const prepared: CheckInputs = {
          ...inputs,
          character: preparedCharacter(subject.character, steps('character'), rules),
          clip: preparedClip(inputs.clip, subject, steps('clip'), rules),
          asked: { start: 0, length: null },
          settings: { ...inputs.settings, fit: defaultFit },
        }
        expect(errorsOf(prepared, rules)).toEqual([])
      }),
      { numRuns: 2500, seed: 5 },
    )
    expect(fixable).toBeGreaterThan(200)
  })
})
