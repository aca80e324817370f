import { describe, expect, it } from 'vitest'
import { check, verdictOf } from '../../../../src/shared/rules/check.ts'
import type { Finding, FindingId } from '../../../../src/shared/rules/finding.ts'
import { findModel, modelRules } from '../../../../src/shared/rules/models.ts'
import type { CheckInputs } from '../../../../src/shared/rules/subject.ts'
import type { Scan } from '../../../../src/shared/domain/media.ts'
import { aCharacter, aClip, someSettings } from '../../../support/clips/facts.ts'

const calm: Scan = {
  span: { start: 0, end: 20 },
  cuts: [],
  jumps: [],
  frozen: [],
  still: [],
  black: [],
  fast: [],
}

function findings(scan: Partial<Scan> | null, different: Partial<CheckInputs> = {}): readonly Finding[] {
  const rules = findModel('practice')
  if (!rules) throw new Error('the practice provider has a model')
  const inputs: CheckInputs = {
    character: aCharacter(),
    clip: aClip({ duration: 20, frames: 600 }),
    asked: { start: 5, length: 6 },
    settings: someSettings(),
    scan: scan && { ...calm, ...scan },
    ...different,
  }
  return check(inputs, rules)
}
const about = (rule: FindingId, ...given: Parameters<typeof findings>) =>
  findings(...given).find((finding) => finding.rule === rule)

describe('cuts', () => {
  it('are told with their times, why they matter, and as what they are: a hint', () => {
    const found = about('clip.cuts', { cuts: [2, 6.5, 8.25, 12] })
    expect(found).toMatchObject({
      level: 'warning',
      measured: 2,
      limit: 0,
      unit: 'cuts',
      spans: [
        { start: 6.5, end: 6.5 },
        { start: 8.25, end: 8.25 },
      ],
    })
    expect(found?.message).toMatch(/^Hint: .*at 6\.5 s and 8\.25 s.*You pay/)
  })

  it('do not count on the first frame of the part, nor on the first one after it', () => {
    expect(about('clip.cuts', { cuts: [5, 11] })).toMatchObject({ level: 'pass', measured: 0 })
    expect(about('clip.cuts', { cuts: [5 + 1 / 30, 11 - 1 / 30] })).toMatchObject({ measured: 2 })
  })

  it('are not said to be absent where nobody looked, or not at all of the part', () => {
    expect(about('clip.cuts', null)).toMatchObject({ level: 'info', measured: null })
    expect(about('clip.cuts', { span: { start: 6, end: 20 } })).toMatchObject({
      level: 'info',
      measured: null,
    })
    expect(about('clip.cuts', { span: { start: 0, end: 10 } })).toMatchObject({
      level: 'info',
      measured: null,
    })
    expect(about('clip.cuts', { span: { start: 5, end: 11 } })).toMatchObject({ level: 'pass' })
  })

  it('are named one by one only as far as a sentence can be read', () => {
    const cuts = [5.5, 6, 6.5, 7, 7.5, 8, 8.5]
    expect(about('clip.cuts', { cuts })?.message).toContain('at 5.5 s, 6 s, 6.5 s, 7 s, 7.5 s and 2 more')
  })

  it('never keep a take from being made, at any provider', () => {
    for (const rules of modelRules) {
      const [row] = rules.rules.filter(({ rule }) => rule === 'clip.cuts')
      expect(row).toMatchObject({ limit: 0, severity: 'warning' })
    }
    expect(verdictOf(findings({ cuts: [6, 7, 8] }))).toBe('ready')
  })
})

describe('what else costs money', () => {
  const part = [{ start: 6, end: 7.5 }]
  it.each([
    ['clip.jumps', { jumps: [6, 7.5] }, 2, 'at 6 s and 7.5 s'],
    ['clip.frozen', { frozen: part }, 1.5, 'from 6 s to 7.5 s'],
    ['clip.still', { still: part }, 1.5, 'from 6 s to 7.5 s'],
    ['clip.black', { black: part }, 1.5, 'from 6 s to 7.5 s'],
    ['clip.motion', { fast: part }, 1.5, 'from 6 s to 7.5 s'],
  ] as const)('is hinted at: %s', (rule, scan, measured, when) => {
    const found = about(rule, scan)
    expect(found).toMatchObject({ level: 'warning', measured, limit: null })
    expect(found?.message).toMatch(/^Hint: .*You pay/)
    expect(found?.message).toContain(when)
    expect(found?.spans).toHaveLength(rule === 'clip.jumps' ? 2 : 1)
    expect(about(rule, {})).toMatchObject({ level: 'pass', measured: 0 })
    expect(about(rule, null)).toBeUndefined()
  })

  it('is told only as far as it lies in the performed part', () => {
    const found = about('clip.black', {
      black: [
        { start: 0, end: 5.5 },
        { start: 10, end: 20 },
        { start: 15, end: 16 },
      ],
    })
    expect(found?.spans).toEqual([
      { start: 5, end: 5.5 },
      { start: 10, end: 11 },
    ])
    expect(found?.measured).toBe(1.5)
  })

  it('is told once where nothing moves at all', () => {
    const found = findings({ frozen: part, still: part })
    expect(found.find(({ rule }) => rule === 'clip.frozen')?.level).toBe('warning')
    expect(found.find(({ rule }) => rule === 'clip.still')?.level).toBe('pass')
  })

  it('counts by the clip’s own clock beyond a minute, too', () => {
    const clip = aClip({ duration: 100, frames: 3000 })
    const asked = { start: 70, length: 5 }
    const found = about('clip.cuts', { span: { start: 0, end: 100 }, cuts: [72.5] }, { clip, asked })
    expect(found?.message).toContain('at 1:12.50')
  })

  it('asks the user to look at the framing, because no program can tell', () => {
    expect(about('framing.body', {})).toMatchObject({ level: 'info', measured: null, limit: null })
    expect(about('framing.body', {})?.message).toMatch(/^Check for yourself: /)
    expect(about('framing.body', {}, { character: null })).toBeUndefined()
  })
})
