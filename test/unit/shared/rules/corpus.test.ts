import { describe, expect, it } from 'vitest'
import { check } from '../../../../src/shared/rules/check.ts'
import type { Finding, Level } from '../../../../src/shared/rules/finding.ts'
import { findModel, modelRules } from '../../../../src/shared/rules/models.ts'
import { ruleIds, type ModelRules } from '../../../../src/shared/rules/rules.ts'
import type { CheckInputs } from '../../../../src/shared/rules/subject.ts'
import type { Scan } from '../../../../src/shared/domain/media.ts'
import { orientations, type Orientation } from '../../../../src/shared/domain/take.ts'
import { aCharacter, aClip, someSettings } from '../../../support/clips/facts.ts'
import { clipRows } from './corpus-clip-rows.ts'
import { imageRows } from './corpus-image-rows.ts'
import type { Row } from './corpus-row.ts'
import { settingRows } from './corpus-setting-rows.ts'
import { everyRule, expectations } from '../../../support/clips/expected-limits.ts'

const uncut: Scan = {
  span: { start: 0, end: 3600 },
  cuts: [],
  jumps: [],
  frozen: [],
  still: [],
  black: [],
  fast: [],
}

/** The worst that is said of a rule: a model may have a warning beside its error. */
const order: readonly Level[] = ['pass', 'info', 'warning', 'error']
const worst = (findings: readonly Finding[]) =>
  findings.toSorted((a, b) => order.indexOf(b.level) - order.indexOf(a.level))[0]

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
