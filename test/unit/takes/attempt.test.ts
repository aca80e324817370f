import { describe, expect, it } from 'vitest'
import {
  attemptSchema,
  mayMoveResult,
  newAttempt,
  stateBehindHold,
  unsentStates,
  type Attempt,
} from '../../../src/main/takes/attempt.ts'
import { takeStates, type TakeState } from '../../../src/shared/domain/take.ts'
import { fullAttempt } from '../../support/library/an-attempt.ts'

const kept = (attempt: unknown): Attempt => attemptSchema.parse(JSON.parse(JSON.stringify(attempt)))
const isReadable = (different: object) => attemptSchema.safeParse({ ...fullAttempt(), ...different }).success

describe('an attempt as the journal keeps it', () => {
  it('comes back as it was, whatever is known about it', () => {
    expect(kept(fullAttempt())).toEqual(fullAttempt())
    const fresh = newAttempt('take', 1, 'own', '2026-11-20T12:00:00.000Z')
    expect(kept(fresh)).toEqual(fresh)
  })

  it('may know nothing at all of what comes later, and be of either picture format', () => {
    const {
      advice: _advice,
      detail: _detail,
      ...brief
    } = fullAttempt().problem ?? { code: 'internal', message: '' }
    const different: Partial<Attempt> = {
      problem: brief,
      preparedCharacter: { path: '/c', bytes: 1, sha256: 'a', width: 1, height: 1, format: 'jpeg' },
    }
    expect(kept(fullAttempt(different))).toEqual(fullAttempt(different))
  })

  it('is read from older versions, which had fewer fields', () => {
    const older: Record<string, unknown> = { ...fullAttempt() }
    const added = [
      'characterUrl',
      'urlsUntil',
      'paidWith',
      'estimate',
      'agreedAt',
      'resultUntil',
      'resultFolder',
      'resultTime',
      'answerAdvice',
      'watermarkUrl',
      'watermarked',
      'markProblem',
    ] as const
    for (const name of added) Reflect.deleteProperty(older, name)
    const read = kept(older)
    for (const name of added) expect(read[name], name).toBeNull()
    expect(read.taskId).toBe('task-2')
  })

  it.each([
    ['a number below the first', { number: 0 }],
    ['half a number', { number: 1.5 }],
    ['half a failed fetch', { failedFetches: 0.5 }],
    ['a state that does not exist', { state: 'PAID' }],
    [
      'a picture of another format',
      { preparedCharacter: { ...fullAttempt().preparedCharacter, format: 'gif' } },
    ],
    ['a problem without a code that we know', { problem: { code: 'bad luck', message: 'x' } }],
  ])('is not believed with %s', (_what, different) => {
    expect(isReadable({})).toBe(true)
    expect(isReadable(different)).toBe(false)
  })
})

describe('a new attempt', () => {
  it('begins with the preparation, and with nothing that an attempt before it knew', () => {
    const at = '2026-11-20T12:00:00.000Z'
    const { take, number, ownId, state, since, agreedAt, commands, failedFetches, ...rest } = newAttempt(
      'take',
      3,
      'own-3',
      at,
    )
    expect({ take, number, ownId, state, since, agreedAt, commands, failedFetches }).toEqual({
      take: 'take',
      number: 3,
      ownId: 'own-3',
      state: 'PREPARING',
      since: at,
      agreedAt: at,
      commands: [],
      failedFetches: 0,
    })
    expect(new Set(Object.values(rest))).toEqual(new Set([null]))
  })
})

describe('where an attempt stands', () => {
  it('counts as unsent only before the submit', () => {
    const before: readonly TakeState[] = ['DRAFT', 'PREPARING', 'PREPARED', 'UPLOADING', 'UPLOADED', 'READY']
    expect(takeStates.filter((state) => unsentStates.has(state))).toEqual(before)
  })

  it('is the state itself, or behind a hold the state that it goes back to', () => {
    for (const state of takeStates)
      expect(stateBehindHold({ state, resume: 'ACKED' })).toBe(state === 'HELD' ? 'ACKED' : state)
    expect(stateBehindHold({ state: 'HELD', resume: null })).toBe('DRAFT')
  })

  it('lets a result go elsewhere unless it waits for something other than its download', () => {
    const may = (state: TakeState, resume: TakeState | null) => mayMoveResult(fullAttempt({ state, resume }))
    expect(may('REMOTE_DONE', null)).toBe(true)
    expect(may('HELD', 'REMOTE_DONE')).toBe(true)
    expect(may('HELD', 'READY')).toBe(false)
    expect(may('HELD', null)).toBe(false)
  })
})
