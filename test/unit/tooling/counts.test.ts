import { describe, expect, it } from 'vitest'
import {
  add,
  closingLine,
  failures,
  fromPlaywright,
  fromVitest,
  honest,
  listed,
  slowest,
} from '../../../scripts/lib/counts.mjs'

const vitest = {
  numPassedTests: 10,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ],
}
const playwright = { stats: { expected: 4, unexpected: 1, flaky: 0, skipped: 2 }, errors: [], suites: [] }

describe('the closing line', () => {
  it('adds up every runner', () => {
    const vitestCounts = honest(fromVitest(vitest), false)
    const playwrightCounts = honest(fromPlaywright(playwright), false)
    expect(closingLine(add(vitestCounts, playwrightCounts))).toBe('14 passed, 2 failed, 5 skipped')
  })

  it('counts a test file that could not be loaded', () => {
    const unloaded = { ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(fromVitest(unloaded)?.failed).toBe(2)
  })

  it('counts a test that needed a second try as failed', () => {
    expect(fromPlaywright({ ...playwright, stats: { expected: 1, flaky: 1 } })).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    })
  })

  it('never looks clean when a runner failed outside any test, or left no report', () => {
    const clean = { passed: 3, failed: 0, skipped: 0 }
    expect(honest(clean, false).failed).toBe(1)
    expect(honest(fromVitest(null), false).failed).toBe(1)
    expect(honest(fromPlaywright({}), true).failed).toBe(1)
    expect(honest(clean, true)).toEqual(clean)
  })

  it('counts what a skipped project would have run', () => {
    const suites = [{ specs: [{}, {}], suites: [{ specs: [{}] }] }]
    expect(listed({ ...playwright, suites })).toBe(3)
  })
})

describe('the slowest files', () => {
  it('are named with their seconds, the longest first', () => {
    const file = (name: string, endTime: number) => ({ name, startTime: 1000, endTime })
    const report = { testResults: [file('a', 2000), file('b', 4500), file('c', 1500)] }
    expect(slowest(report, 2)).toEqual([
      { file: 'b', seconds: 3.5 },
      { file: 'a', seconds: 1 },
    ])
    expect(slowest(null, 2)).toEqual([])
  })
})

describe('the failed tests', () => {
  it('are named by file and title, those of a file that could not be loaded by the file', () => {
    const report = {
      testResults: [
        {
          name: 'one.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'failed', fullName: 'a promise' },
            { status: 'passed', fullName: 'another' },
          ],
        },
        { name: 'two.test.ts', status: 'failed', assertionResults: [] },
        { name: 'three.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    }
    expect(failures(report)).toEqual(['one.test.ts: a promise', 'two.test.ts: could not be loaded'])
  })

  it('are found at any depth of a Playwright report', () => {
    const spec = (title: string, ok: boolean) => ({ file: 'queue.spec.ts', title, ok })
    const suites = [{ specs: [spec('first', true)], suites: [{ specs: [spec('second', false)] }] }]
    expect(failures({ ...playwright, suites })).toEqual(['queue.spec.ts: second'])
  })

  it('are none in a report that was never written', () => {
    expect(failures(null)).toEqual([])
  })
})
