import { describe, expect, it } from 'vitest'
import { checksWords, fixesWords, readyWords } from '../../../src/renderer/lib/report-words.ts'
import type { CheckReport } from '../../../src/shared/domain/views.ts'
import type { Finding, PlanStep } from '../../../src/shared/rules/finding.ts'

const finding = (level: Finding['level'], change: Partial<Finding> = {}): Finding => ({
  rule: 'clip.bytes',
  target: 'clip',
  level,
  measured: 1,
  limit: 2,
  unit: 'bytes',
  message: 'A sentence.',
  ...change,
})
const step = (cost: string): PlanStep => ({ step: 'trim', target: 'clip', why: 'Because.', cost })

const report = (findings: readonly Finding[], plan: readonly PlanStep[] = []): CheckReport => ({
  provider: 'kling',
  model: 'kling-v3',
  orientation: 'image',
  verdict: findings.some(({ level, fix }) => level === 'error' && !fix) ? 'refused' : 'ready',
  findings,
  plan,
  estimate: null,
  window: null,
})

describe('The line under Generate', () => {
  it('counts fixes and warnings, and what has to be solved first', () => {
    expect(readyWords(report([finding('pass')]))).toBe('Ready · both files fit')
    const three = [step('none'), step('none'), step('none')]
    expect(readyWords(report([finding('warning')], three))).toBe('Ready · 3 fixes, 1 warning')
    expect(readyWords(report([finding('error'), finding('error', { rule: 'clip.codec' })]))).toBe(
      '2 problems to fix',
    )
  })

  it('leaves out what is fixed, and a warning whose harder limit is broken too', () => {
    expect(readyWords(report([finding('error', { fix: 'trim' })], [step('none')]))).toBe('Ready · 1 fix')
    expect(checksWords(report([finding('error'), finding('warning')]))).toBe('1 problem')
  })
})

describe('The fold of the fixes', () => {
  it('says whether anything is lost', () => {
    expect(fixesWords(report([], [step('none'), step('none')]))).toBe('2 fixes, no loss')
    expect(fixesWords(report([], [step('none'), step('hardly visible loss')]))).toBe(
      '2 fixes, 1 with some loss',
    )
    expect(fixesWords(report([]))).toBe('none needed ✓')
  })

  it('says nothing while there is nothing to say', () => {
    expect(fixesWords(null)).toBe('')
    expect(checksWords(null)).toBe('')
    expect(checksWords(report([finding('pass'), finding('pass')]))).toBe('2 passed ✓')
  })
})
