import { describe, expect, it } from 'vitest'
import type { CharacterFacts, ClipFacts } from '../../../src/shared/media.ts'
import { check } from '../../../src/shared/rules/check.ts'
import type { Finding, FixId, Level } from '../../../src/shared/rules/finding.ts'
import { findModel, modelRules } from '../../../src/shared/rules/models.ts'
import { ruleIds, type ModelRules, type RuleId } from '../../../src/shared/rules/rules.ts'
import type { CheckInputs } from '../../../src/shared/rules/subject.ts'
import type { Scan } from '../../../src/shared/scan.ts'
import { orientations, type Orientation, type TakeSettings } from '../../../src/shared/take.ts'
import { aCharacter, aClip, someSettings } from '../../support/facts.ts'
import { everyRule, expectations, type Bound, type Expected } from './expected-limits.ts'

const uncut: Scan = {
  span: { start: 0, end: 3600 },
  cuts: [],
  jumps: [],
  frozen: [],
  still: [],
  black: [],
  fast: [],
}

const frames = (seconds: number) => ({ duration: seconds, frames: Math.round(seconds * 30) })

/** One input, and what is to be said of one rule about it; null: that rule says nothing worse than this. */
type Row = {
  readonly rule: RuleId
  readonly what: string
  readonly character?: Partial<CharacterFacts>
  readonly clip?: Partial<ClipFacts>
  readonly settings?: Partial<TakeSettings>
  readonly length?: number
  readonly cuts?: readonly number[]
  readonly level: Level
  readonly fix?: FixId
}

/** The worst that is said of a rule: a model may have a warning beside its error. */
const order: readonly Level[] = ['pass', 'info', 'warning', 'error']
const worst = (findings: readonly Finding[]) =>
  findings.toSorted((a, b) => order.indexOf(b.level) - order.indexOf(a.level))[0]

const binding = (limit: number): Bound => ({ limit, level: 'error', within: 'pass' })
const threeSeconds = binding(3)

/** Just inside, at and just beyond an upper bound. */
const upTo = (
  rule: RuleId,
  { limit, level, within }: Bound,
  step: number,
  input: (value: number) => Partial<Row>,
  fix?: FixId,
): readonly Row[] => [
  { rule, what: `${String(limit - step)}`, level: within, ...input(limit - step) },
  { rule, what: `${String(limit)}`, level: within, ...input(limit) },
  {
    rule,
    what: `${String(limit + step)}`,
    level,
    ...(fix && level === 'error' && { fix }),
    ...input(limit + step),
  },
]
const atLeast = (
  rule: RuleId,
  { limit, level, within }: Bound,
  step: number,
  input: (value: number) => Partial<Row>,
  fix?: FixId,
): readonly Row[] => [
  {
    rule,
    what: `${String(limit - step)}`,
    level,
    ...(fix && level === 'error' && { fix }),
    ...input(limit - step),
  },
  { rule, what: `${String(limit)}`, level: within, ...input(limit) },
  { rule, what: `${String(limit + step)}`, level: within, ...input(limit + step) },
]

/** The community's 340 px stand beside the 300 px of whoever repeats the official page. */
const wishedImageSide = (provider: string) =>
  provider === 'practice' || provider === 'kling' || provider === 'kling-gateway'

const imageRows = (expected: Expected, provider: string): readonly Row[] => {
  const { limit, level, within } = expected.imageSideMin
  const side = (px: number) => ({ character: { width: px, height: px * 2 } })
  const below = wishedImageSide(provider) ? 'warning' : within
  const imageWithin = expected.imageAspect === 'error' ? 'pass' : 'info'
  const needsPad = expected.imageAspect === 'error' ? ({ fix: 'pad' } as const) : {}
  return [
    ...(['jpeg', 'png'] as const).map((format): Row => ({
      rule: 'image.format',
      what: format,
      character: { format },
      level: imageWithin,
    })),
    ...(['webp', 'avif', 'heic', 'gif', 'tiff', 'bmp'] as const).map((format): Row => ({
      rule: 'image.format',
      what: format,
      character: { format },
      level: expected.imageFormats,
      fix: 'convert-image',
    })),
    ...upTo('image.bytes', expected.imageBytes, 1, (bytes) => ({ character: { bytes } }), 'convert-image'),
    {
      rule: 'image.side.min',
      what: '299 px wide',
      character: side(299).character,
      level,
      ...(level === 'error' && { fix: 'scale-up' }),
    },
    { rule: 'image.side.min', what: '299 px high', character: { width: 600, height: 299 }, level },
    { rule: 'image.side.min', what: '300 px', character: side(limit).character, level: below },
    { rule: 'image.side.min', what: '339 px', character: side(339).character, level: below },
    { rule: 'image.side.min', what: '340 px', character: side(340).character, level: within },
    ...upTo(
      'image.side.max',
      expected.imageSideMax,
      1,
      (px) => ({ character: { width: px, height: Math.ceil(px / 2) } }),
      'scale-down',
    ),
    ...upTo(
      'image.side.max',
      expected.imageSideMax,
      1,
      (px) => ({ character: { width: Math.ceil(px / 2), height: px } }),
      'scale-down',
    ),
    // 1:2.5 and 2.5:1 exactly, and a pixel to either side.
    { rule: 'image.aspect', what: '400 × 1000', character: { width: 400, height: 1000 }, level: imageWithin },
    { rule: 'image.aspect', what: '401 × 1000', character: { width: 401, height: 1000 }, level: imageWithin },
    {
      rule: 'image.aspect',
      what: '399 × 1000',
      character: { width: 399, height: 1000 },
      level: expected.imageAspect,
      ...needsPad,
    },
    { rule: 'image.aspect', what: '1000 × 400', character: { width: 1000, height: 400 }, level: imageWithin },
    { rule: 'image.aspect', what: '999 × 400', character: { width: 999, height: 400 }, level: imageWithin },
    {
      rule: 'image.aspect',
      what: '1001 × 400',
      character: { width: 1001, height: 400 },
      level: expected.imageAspect,
      ...needsPad,
    },
    {
      rule: 'image.aspect',
      what: '25001 × 10000, which three digits would round to 2.5',
      character: { width: 25_001, height: 10_000 },
      level: expected.imageAspect,
      ...needsPad,
    },
  ]
}

const clipRows = (expected: Expected, orientation: Orientation): readonly Row[] => {
  const longest = binding(expected.durationMax[orientation])
  return [
    ...(['mp4', 'mov'] as const).map((container): Row => ({
      rule: 'clip.format',
      what: container,
      clip: { container },
      level: 'pass',
    })),
    ...(['webm', 'mkv', 'avi'] as const).map((container): Row => ({
      rule: 'clip.format',
      what: container,
      clip: { container },
      level: 'error',
      fix: 're-encode',
    })),
    { rule: 'clip.codec', what: 'h264', clip: { codec: 'h264' }, level: 'pass' },
    ...['hevc', 'vp9', 'prores', 'av1'].map((codec): Row => ({
      rule: 'clip.codec',
      what: codec,
      clip: { codec },
      level: 'warning',
      fix: 're-encode',
    })),
    ...upTo('clip.bytes', expected.clipBytes, 1, (bytes) => ({ clip: { bytes } }), 'compress'),
    ...atLeast(
      'clip.side.min',
      expected.clipSideMin,
      1,
      (width) => ({ clip: { width, height: 1280 } }),
      'scale-up',
    ),
    ...atLeast(
      'clip.side.min',
      expected.clipSideMin,
      1,
      (height) => ({ clip: { width: 1280, height, rotation: 90 } }),
      'scale-up',
    ),
    ...upTo(
      'clip.side.max',
      expected.clipSideMax,
      1,
      (width) => ({ clip: { width, height: 2160 } }),
      'scale-down',
    ),
    ...upTo(
      'clip.side.max',
      expected.clipSideMax,
      1,
      (height) => ({ clip: { width: 2160, height, pixelAspect: 4 / 3 } }),
      'scale-down',
    ),
    ...atLeast('clip.duration.min', threeSeconds, 1 / 30, (seconds) => ({
      clip: frames(seconds),
    })),
    ...atLeast('clip.duration.min', threeSeconds, 1 / 30, (length) => ({
      clip: frames(60),
      length,
    })),
    ...upTo('clip.duration.max', longest, 1 / 30, (seconds) => ({ clip: frames(seconds) }), 'trim'),
    // A length of the user's own is never cut silently.
    ...upTo('clip.duration.max', longest, 1 / 30, (length) => ({
      clip: frames(60),
      length,
    })),
    ...[15, 24, 60, 120].map((frameRate): Row => ({
      rule: 'clip.frameRate',
      what: `${String(frameRate)} frames a second`,
      clip: { frameRate },
      level: 'info',
    })),
    { rule: 'clip.cuts', what: 'no cut', cuts: [], level: 'pass' },
    { rule: 'clip.cuts', what: 'one cut', cuts: [2], level: 'warning' },
    { rule: 'clip.cuts', what: 'a cut on the first frame', cuts: [0], level: 'pass' },
    {
      rule: 'clip.cuts',
      what: 'a cut behind the part',
      clip: frames(60),
      length: 4,
      cuts: [4],
      level: 'pass',
    },
  ]
}

const text = (length: number) => 'a'.repeat(length)

const settingRows = (expected: Expected, orientation: Orientation): readonly Row[] => {
  const prompts = { optional: 'info', required: 'error', perhaps: 'warning' } as const
  const comesOut = orientation === 'image' ? expected.comesOutByImage : null
  const negative = expected.negativePromptLength
  return [
    { rule: 'prompt.required', what: 'none', settings: { prompt: '' }, level: prompts[expected.prompt] },
    { rule: 'prompt.required', what: 'blanks', settings: { prompt: '  ' }, level: prompts[expected.prompt] },
    {
      rule: 'prompt.required',
      what: 'one letter',
      settings: { prompt: 'a' },
      level: expected.prompt === 'optional' ? 'info' : 'pass',
    },
    ...upTo('prompt.length', expected.promptLength, 1, (length) => ({ settings: { prompt: text(length) } })),
    { rule: 'negativePrompt.length', what: 'none', settings: { negativePrompt: '' }, level: 'pass' },
    {
      rule: 'negativePrompt.length',
      what: `${String(negative)} letters`,
      settings: { negativePrompt: text(negative) },
      level: 'pass',
    },
    {
      rule: 'negativePrompt.length',
      what: `${String(negative + 1)} letters`,
      settings: { negativePrompt: text(negative + 1) },
      level: 'error',
    },
    { rule: 'elements.count', what: 'none', settings: { elements: [] }, level: 'pass' },
    {
      rule: 'elements.count',
      what: 'one',
      settings: { elements: ['1'] },
      level: expected.elements === 1 ? 'pass' : 'error',
    },
    { rule: 'elements.count', what: 'two', settings: { elements: ['1', '2'] }, level: 'error' },
    {
      rule: 'elements.orientation',
      what: 'no element',
      settings: { elements: [] },
      level: expected.elements === 1 ? 'pass' : 'info',
    },
    {
      rule: 'elements.orientation',
      what: `an element with ${orientation}`,
      settings: { elements: ['829836802793406551'] },
      level: expected.elements === 0 ? 'info' : orientation === 'video' ? 'pass' : 'error',
    },
    ...(comesOut === null
      ? [{ rule: 'output.length', what: 'as performed', level: 'info' } as const]
      : [
          ...upTo('output.length', { ...binding(comesOut), level: 'warning' }, 1 / 30, (seconds) => ({
            clip: frames(seconds),
          })),
        ]),
  ]
}

function inputsOf(row: Row, rules: ModelRules, orientation: Orientation): CheckInputs {
  return {
    character: aCharacter(row.character),
    clip: aClip(row.clip),
    asked: { start: 0, length: row.length ?? null },
    settings: someSettings({
      provider: rules.provider,
      model: rules.model,
      orientation,
      prompt: 'dance',
      ...row.settings,
    }),
    scan: { ...uncut, cuts: row.cuts ?? [] },
  }
}

const models = expectations.flatMap((expected) =>
  expected.models.flatMap(([provider, model]) =>
    orientations.map((orientation) => ({ provider, model, orientation, expected })),
  ),
)

function rulesOf(provider: string, model: string): ModelRules {
  const rules = findModel(provider, model)
  if (!rules) throw new Error(`there is no ${provider} ${model}`)
  return rules
}

describe('the corpus of rules', () => {
  it('expects something of every model there is', () => {
    const known = modelRules.map(({ provider, model }) => `${provider} ${model}`)
    const expected = expectations.flatMap((one) => one.models.map((names) => names.join(' ')))
    expect(expected.toSorted()).toEqual(known.toSorted())
  })

  it('has the rule ids of the design and no others', () => {
    expect(ruleIds).toEqual(everyRule)
  })

  describe.each(models)('$provider $model by $orientation', ({ provider, model, orientation, expected }) => {
    const rules = rulesOf(provider, model)
    const findings = (row: Row) => check(inputsOf(row, rules, orientation), rules)

    it('answers every rule, and says a whole sentence each time', () => {
      const said = findings({ rule: 'image.format', what: 'anything', level: 'pass' })
      expect(new Set(said.map(({ rule }) => rule))).toEqual(
        new Set([
          ...everyRule,
          ...['clip.jumps', 'clip.frozen', 'clip.still', 'clip.black', 'clip.motion', 'framing.body'],
        ]),
      )
      for (const { message } of said) expect(message).toMatch(/^[A-Z].*\.$/)
    })

    const rows = [
      ...imageRows(expected, provider),
      ...clipRows(expected, orientation),
      ...settingRows(expected, orientation),
    ]
    it(`judges all ${String(rows.length)} inputs at its limits right`, () => {
      const judged = rows.map((row) => {
        const found = worst(findings(row).filter(({ rule }) => rule === row.rule))
        const fix = row.fix === undefined ? '' : ` ${found?.fix ?? 'no fix'}`
        return `${row.rule} ${row.what}: ${found?.level ?? 'nothing'}${fix}`
      })
      expect(judged).toEqual(
        rows.map((row) => {
          const fix = row.fix === undefined ? '' : ` ${row.fix}`
          return `${row.rule} ${row.what}: ${row.level}${fix}`
        }),
      )
      // No rule is without a row.
      expect(new Set(rows.map(({ rule }) => rule))).toEqual(new Set(everyRule))
    })
  })
})
