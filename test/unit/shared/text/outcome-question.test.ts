import { describe, expect, it } from 'vitest'
import { findModel } from '../../../../src/shared/rules/models.ts'
import {
  isUnnoted,
  partSentence,
  questionOf,
  taskNamedIn,
} from '../../../../src/shared/text/outcome-question.ts'
import { formatLeft } from '../../../../src/shared/text/time-left.ts'
import type { Take } from '../../../../src/shared/domain/take.ts'
import { aTake } from '../../../support/library/a-take.ts'

const hour = 60 * 60_000

const question = (take: Partial<Take>, provider = 'kling', hoursLater = 1) =>
  questionOf(
    aTake({
      state: 'NEEDS_USER',
      attempt: 1,
      sentAt: '2026-11-20T12:00:00.000Z',
      estimate: { ...aTake().estimate, amount: 1.26, seconds: 10 },
      problem: { code: 'outcome-unknown', message: 'Nobody knows.' },
      ...take,
    }),
    {
      now: Date.parse('2026-11-20T12:00:00.000Z') + hoursLater * hour,
      format: (moment) => moment.slice(0, 16),
      at: 'Kling',
      model: findModel(provider),
    },
  )

describe('The question whether a take exists', () => {
  it('says when it was sent, what it costs, and that it may have been charged', () => {
    const { happened, money, lookFor } = question({})
    expect(happened).toBe(
      'It was sent to Kling (2026-11-20T12:00), but the provider didn’t confirm that it started.',
    )
    expect(money).toBe('It costs about 1.26 USD. You may have been charged.')
    expect(lookFor).toBe('Look on Kling’s website for a Kling 2.6 task, 10 s long, from that time.')
  })

  it('says what came in place of an answer, and what can be done about that', () => {
    const answered = 'HTTP 302 leads to login.example'
    expect(question({ answered }).happened).toMatch(/ Its answer: HTTP 302 leads to login\.example\.$/)
    expect(question({ answered, answerAdvice: 'Check the base URL.' }).happened).toMatch(
      /login\.example\. Check the base URL\.$/,
    )
  })

  it('names a cost that is unknown as that, and nothing where it is free', () => {
    expect(question({ estimate: { ...aTake().estimate, amount: null } }).money).toBe(
      'The cost is unknown. You may have been charged.',
    )
    expect(question({ estimate: { ...aTake().estimate, amount: 0 } }).money).toBe('It is free.')
  })

  it('says until when it may answer itself, and then that it will not any more', () => {
    expect(question({}).meanwhile).toBe(
      'Understudy keeps checking with Kling until 2026-11-21T12:00 and may settle this for you.',
    )
    expect(question({}, 'kling', 25).meanwhile).toContain('has stopped checking with Kling')
  })

  it('promises no answer where the provider cannot be asked', () => {
    for (const provider of ['modelslab', 'highway'])
      expect(question({}, provider).meanwhile).toBe(
        'Only you can find out. The question stays until you choose.',
      )
  })

  it('counts a task that the provider accepted as charged, and goes on asking about it', () => {
    const known = question({ taskId: 'task-1' }, 'highway', 200)
    expect(known.money).toContain('count it as charged')
    expect(known.meanwhile).toContain('keeps checking with Kling, less and less often')
    expect(known.happened).toContain('accepted it (2026-11-20T12:00)')
  })

  it('offers the tasks that could be it, and takes no other words for tasks', () => {
    const several = { code: 'outcome-unknown', message: 'Which?', detail: 'a-1, a-2' } as const
    expect(question({ problem: several }).candidates).toEqual(['a-1', 'a-2'])
    expect(question({ problem: { ...several, detail: 'socket hang up, try later' } }).candidates).toEqual([])
    expect(question({ problem: { ...several, detail: 'a-1' } }).candidates).toEqual([])
    expect(question({ problem: several, taskId: 'a-1' }).candidates).toEqual([])
  })
})

describe('A task that only the screen knows', () => {
  const problem = {
    code: 'library-damaged',
    message: 'The disk failed.',
    detail: 'Task 79-a\ndisk I/O error',
  } as const

  it('is read from the problem that names it', () => {
    expect(taskNamedIn({ taskId: null, problem })).toBe('79-a')
    expect(taskNamedIn({ taskId: 'known', problem })).toBe('known')
    expect(taskNamedIn({ taskId: null, problem: { ...problem, detail: 'disk I/O error' } })).toBeNull()
    expect(taskNamedIn({ taskId: null, problem: null })).toBeNull()
  })

  it('is told from a result that merely waits for room', () => {
    expect(isUnnoted(aTake({ state: 'WIRE', problem }))).toBe(true)
    expect(isUnnoted(aTake({ state: 'ACKED', problem: { ...problem, code: 'disk-full' } }))).toBe(true)
    expect(isUnnoted(aTake({ state: 'HELD', problem: { ...problem, code: 'disk-full' } }))).toBe(false)
    expect(isUnnoted(aTake({ state: 'ACKED' }))).toBe(false)
  })
})

describe('A take that nobody asked for', () => {
  const parent = aTake({ attempt: 2, sentAt: '2026-11-20T12:00:00.000Z' })
  const paid = { ...aTake().estimate, amount: 1.26 }

  const reported = { units: '9', unitName: 'units' }
  const free = { units: '0', unitName: 'units' }
  it.each([
    ['both report a charge', reported, reported, ' The provider charged you for both attempts.'],
    [
      'only this one reports a charge',
      reported,
      null,
      ' The provider charged you for one of the attempts, and may have charged you for the other.',
    ],
    [
      'only the other one reports a charge',
      null,
      reported,
      ' The provider charged you for one of the attempts, and may have charged you for the other.',
    ],
    ['none reports a charge', null, null, ' The provider may have charged you for both attempts.'],
    ['one of them was free', free, reported, ''],
  ])('says which take it belongs to, and what was charged where %s', (_which, cost, other, charged) => {
    const part = aTake({ partOf: parent.id, estimate: paid, cost })
    expect(partSentence(part, { ...parent, cost: other })).toBe(
      `Earlier attempt of “hero.png performs dance.mp4”: it had started after all.${charged}`,
    )
  })

  it('doesn’t say that both were charged where one of them failed without a charge', () => {
    const part = aTake({ partOf: parent.id, estimate: paid, cost: reported })
    expect(partSentence(part, { ...parent, cost: null, state: 'REMOTE_FAILED' })).not.toContain('charged')
  })

  it('is no earlier attempt where there was none', () => {
    expect(partSentence(aTake({ partOf: parent.id, estimate: paid }), { ...parent, attempt: 1 })).toBe(
      'One more task of “hero.png performs dance.mp4”: it started, although the provider never confirmed it. The provider may have charged you for both tasks.',
    )
  })

  it('claims no charge for an attempt that was never sent', () => {
    const part = aTake({ partOf: parent.id, estimate: paid })
    const draft = { ...parent, state: 'PREPARING', sentAt: null } as const
    expect(partSentence(part, draft)).toBe(
      'Earlier attempt of “hero.png performs dance.mp4”: it had started after all.',
    )
    // Its only attempt, and this is its task.
    expect(partSentence(part, { ...draft, attempt: 1, state: 'ABANDONED' })).toBe(
      'The task of “hero.png performs dance.mp4”: it started, although the provider never confirmed it.',
    )
  })

  it('charges nothing where it is free, and says nothing of takes that were asked for', () => {
    expect(partSentence(aTake({ partOf: parent.id }), undefined)).toBe(
      'One more task of another take: it started, although the provider never confirmed it.',
    )
    expect(partSentence(aTake(), undefined)).toBeNull()
  })
})

describe('What is left of a time', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [200, '1 s'],
    [40_000, '40 s'],
    [99_999, '100 s'],
    [100_000, '1 min'],
    [47 * 60_000 + 59_000, '47 min'],
    [100 * 60_000, '1 h 40 min'],
    [5 * hour, '5 h'],
    [47 * hour + 59 * 60_000, '47 h 59 min'],
    [48 * hour, '2 days'],
    [29.9 * 24 * hour, '29 days'],
  ])('%d ms are %s', (left, words) => {
    expect(formatLeft(left)).toBe(words)
  })
})
