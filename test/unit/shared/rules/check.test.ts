import { describe, expect, it } from 'vitest'
import { check, isChoice, verdictOf } from '../../../../src/shared/rules/check.ts'
import { estimateOf } from '../../../../src/shared/rules/estimate.ts'
import { findModel, modelRules } from '../../../../src/shared/rules/models.ts'
import { planOf } from '../../../../src/shared/rules/plan.ts'
import type { ModelRules, RuleId } from '../../../../src/shared/rules/rules.ts'
import type { CheckInputs } from '../../../../src/shared/rules/subject.ts'
import { performedWindow } from '../../../../src/shared/rules/window.ts'
import { aCharacter, aClip, someSettings } from '../../../support/clips/facts.ts'

const whole = { start: 0, length: null }
const inputs = (different: Partial<CheckInputs> = {}): CheckInputs => ({
  character: aCharacter(),
  clip: aClip(),
  asked: whole,
  settings: someSettings(),
  scan: null,
  ...different,
})

function practice(): ModelRules {
  const rules = findModel('practice')
  if (!rules) throw new Error('the practice provider has a model')
  return rules
}

const levelOf = (rule: RuleId, given: Partial<CheckInputs>, rules = practice()) =>
  check(inputs(given), rules)
    .filter((finding) => finding.rule === rule)
    .map((finding) => finding.level)

const image = someSettings({ orientation: 'image' })
const video = someSettings({ orientation: 'video' })

describe('the check', () => {
  it('passes inputs that break no rule, and says so for every rule', () => {
    const findings = check(inputs(), practice())
    expect(findings.filter((finding) => finding.level === 'warning' || finding.level === 'error')).toEqual([])
    expect(findings.length).toBeGreaterThan(12)
    expect(verdictOf(findings)).toBe('ready')
  })

  const edges: readonly (readonly [string, RuleId, Partial<CheckInputs>, readonly string[]])[] = [
    ['an image of 10 MB', 'image.bytes', { character: aCharacter({ bytes: 10_000_000 }) }, ['pass']],
    ['an image a byte above', 'image.bytes', { character: aCharacter({ bytes: 10_000_001 }) }, ['error']],
    [
      'a side of 299 px',
      'image.side.min',
      { character: aCharacter({ width: 299, height: 700 }) },
      ['error', 'warning'],
    ],
    [
      'a side of 300 px',
      'image.side.min',
      { character: aCharacter({ width: 300, height: 700 }) },
      ['pass', 'warning'],
    ],
    [
      'a side of 340 px',
      'image.side.min',
      { character: aCharacter({ width: 340, height: 700 }) },
      ['pass', 'pass'],
    ],
    [
      'an image 2.5 times as wide',
      'image.aspect',
      { character: aCharacter({ width: 2500, height: 1000 }) },
      ['pass'],
    ],
    [
      'an image a little wider',
      'image.aspect',
      { character: aCharacter({ width: 2510, height: 1000 }) },
      ['error'],
    ],
    [
      'an image 2.5 times as high',
      'image.aspect',
      { character: aCharacter({ width: 400, height: 1000 }) },
      ['pass'],
    ],
    ['a WebP image', 'image.format', { character: aCharacter({ format: 'webp' }) }, ['error']],
    ['a clip of 100 MB', 'clip.bytes', { clip: aClip({ bytes: 100_000_000 }) }, ['pass']],
    ['a clip a byte above', 'clip.bytes', { clip: aClip({ bytes: 100_000_001 }) }, ['error']],
    ['a clip side of 339 px', 'clip.side.min', { clip: aClip({ width: 339 }) }, ['error']],
    ['a clip side of 340 px', 'clip.side.min', { clip: aClip({ width: 340 }) }, ['pass']],
    ['a clip side of 3850 px', 'clip.side.max', { clip: aClip({ width: 3850 }) }, ['pass']],
    ['a clip side of 3851 px', 'clip.side.max', { clip: aClip({ width: 3851 }) }, ['error']],
    ['a WebM clip', 'clip.format', { clip: aClip({ container: 'webm' }) }, ['error']],
    ['a clip of 3 s', 'clip.duration.min', { clip: aClip({ duration: 3 }) }, ['pass']],
    ['a clip of 2.9 s', 'clip.duration.min', { clip: aClip({ duration: 2.9 }) }, ['error']],
    ['10 s by image', 'clip.duration.max', { clip: aClip({ duration: 10 }), settings: image }, ['pass']],
    ['10.1 s by image', 'clip.duration.max', { clip: aClip({ duration: 10.1 }), settings: image }, ['error']],
    ['30 s by video', 'clip.duration.max', { clip: aClip({ duration: 30 }), settings: video }, ['pass']],
    ['30.1 s by video', 'clip.duration.max', { clip: aClip({ duration: 30.1 }), settings: video }, ['error']],
    ['a prompt of 2500', 'prompt.length', { settings: someSettings({ prompt: 'a'.repeat(2500) }) }, ['pass']],
    [
      'a prompt of 2501',
      'prompt.length',
      { settings: someSettings({ prompt: 'a'.repeat(2501) }) },
      ['error'],
    ],
    ['two elements', 'elements.count', { settings: someSettings({ elements: ['1', '2'] }) }, ['error']],
    [
      'an element by image',
      'elements.orientation',
      { settings: someSettings({ elements: ['1'] }) },
      ['error'],
    ],
  ]
  it.each(edges)('judges %s right', (_what, rule, given, levels) => {
    expect(levelOf(rule, given)).toEqual(levels)
  })

  it('tells the measured value beside the limit in one sentence', () => {
    const findings = check(inputs({ character: aCharacter({ width: 200, height: 200 }) }), practice())
    const finding = findings.find((it) => it.level === 'error')
    expect(finding).toMatchObject({ measured: 200, limit: 300, unit: 'px', target: 'character' })
    expect(finding?.message).toBe('The shorter side of the image is 200 px; it must be at least 300 px.')
  })

  it('calls a clip that is only too long fixable, and one that is too short refused', () => {
    const verdict = (duration: number) => verdictOf(check(inputs({ clip: aClip({ duration }) }), practice()))
    expect(verdict(25)).toBe('fixable')
    expect(verdict(2)).toBe('refused')
  })

  it('never shortens a length the user chose: that is for the user to mend', () => {
    const given = inputs({ clip: aClip({ duration: 25 }), asked: { start: 0, length: 12 } })
    const errors = check(given, practice()).filter((finding) => finding.level === 'error')
    expect(errors.map((finding) => [finding.rule, finding.fix, isChoice(finding, given)])).toEqual([
      ['clip.duration.max', undefined, true],
    ])
  })

  it('leaves it to the user whether a clip that is too short is lengthened, and how', () => {
    const given = inputs({ clip: aClip({ duration: 2 }) })
    const [error] = check(given, practice()).filter((finding) => finding.level === 'error')
    expect(error?.choices).toEqual(['slow-down', 'boomerang', 'loop'])
    expect(error && isChoice(error, given)).toBe(true)
  })

  it('blames the file, not the choice, where it is too short for all of that', () => {
    const given = inputs({ clip: aClip({ duration: 0.5 }) })
    const [error] = check(given, practice()).filter((finding) => finding.level === 'error')
    expect(error?.message).toContain('too short to lengthen')
    expect(error && isChoice(error, given)).toBe(false)
  })

  it('says nothing about an input that is not there yet', () => {
    const targets = check(inputs({ character: null, clip: null }), practice()).map(
      (finding) => finding.target,
    )
    expect(new Set(targets)).toEqual(new Set(['settings']))
  })
})

describe('the performed part', () => {
  it('runs from the in-point to the limit of the orientation', () => {
    const clip = aClip({ duration: 25 })
    expect(performedWindow(clip, { start: 4, length: null }, practice(), 'image')).toEqual({
      start: 4,
      length: 10,
    })
    expect(performedWindow(clip, { start: 4, length: null }, practice(), 'video')).toEqual({
      start: 4,
      length: 21,
    })
  })

  it('ends with the clip at the latest', () => {
    expect(performedWindow(aClip({ duration: 6 }), { start: 4, length: 9 }, practice(), 'image')).toEqual({
      start: 4,
      length: 2,
    })
  })
})

describe('the plan', () => {
  it('names every change with its reason, in the order it is made', () => {
    const steps = planOf(
      inputs({ character: aCharacter({ format: 'webp' }), clip: aClip({ duration: 25, container: 'webm' }) }),
      practice(),
    )
    expect(steps.map((step) => `${step.target}: ${step.step}`)).toEqual([
      'character: convert-image',
      'character: strip-metadata',
      'clip: trim',
      'clip: re-encode',
      'clip: strip-metadata',
    ])
    expect(steps.every((step) => step.why !== '' && step.cost !== '')).toBe(true)
  })
})

describe('the estimate', () => {
  const pro = { mode: 'pro', orientation: 'video' } as const
  it('is the rate times the seconds that come out, and free for practice', () => {
    const kling = findModel('kling', 'kling-v3')
    if (!kling) throw new Error('Kling 3.0 is listed')
    expect(estimateOf(kling, pro, 8, {}).amount).toBeCloseTo(1.344)
    expect(estimateOf(practice(), pro, 8, {}).amount).toBe(0)
  })

  it('is unknown where the rate is unknown, never a guess', () => {
    const unpriced = { ...practice(), pricePerSecond: { std: null, pro: null } }
    expect(estimateOf(unpriced, { mode: 'std', orientation: 'video' }, 8, {}).amount).toBeNull()
  })
})

describe('the rules data', () => {
  it('gives every limit a date and a source', () => {
    for (const model of modelRules) {
      for (const rule of model.rules) {
        expect(rule.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        expect(rule.source.length).toBeGreaterThan(10)
      }
    }
  })
})
