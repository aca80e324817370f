import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newAttempt, type Attempt } from '../../../../src/main/takes/attempt.ts'
import type { KeptTake } from '../../../../src/main/takes/record.ts'
import { nextStep } from '../../../../src/main/takes/next-step.ts'
import { newerRecord, rebuiltAttempt, rebuiltTake } from '../../../../src/main/takes/recovery/rebuild.ts'
import { takeStates, type TakeState } from '../../../../src/shared/domain/take.ts'
import { anOrder } from '../../../support/library/an-order.ts'

const at = '2026-11-20T12:00:00.000Z'
const later = '2026-11-20T12:00:01.000Z'
const take = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const result = { bytes: 1, sha256: 'a', duration: 5, width: 2, height: 2, frameRate: 30 }
const attempt = (about: Partial<Attempt>): Attempt => ({ ...newAttempt(take, 1, 'own', at), ...about })
const wired = { wiredAt: at }
const tasked = { ...wired, taskId: 'task-1', ackedAt: at }

type Row = readonly [told: TakeState, about: Partial<Attempt>, rebuilt: TakeState]

const rows: readonly Row[] = [
  ['DRAFT', {}, 'DRAFT'],
  ['PREPARING', {}, 'DRAFT'],
  ['PREPARED', {}, 'DRAFT'],
  ['UPLOADING', {}, 'DRAFT'],
  ['UPLOADED', {}, 'DRAFT'],
  ['READY', {}, 'UNKNOWN'],
  ['INTENT', {}, 'UNKNOWN'],
  ['WIRE', wired, 'UNKNOWN'],
  ['UNKNOWN', wired, 'UNKNOWN'],
  ['ACKED', tasked, 'ACKED'],
  ['REMOTE_DONE', tasked, 'ACKED'],
  ['DOWNLOADING', tasked, 'ACKED'],
  ['VERIFIED', { ...tasked, result }, 'VERIFIED'],
  ['DONE', { ...tasked, result }, 'VERIFIED'],
  ['NEEDS_USER', wired, 'NEEDS_USER'],
  ['NEEDS_USER', tasked, 'NEEDS_USER'],
  ['REJECTED', wired, 'REJECTED'],
  ['REMOTE_FAILED', tasked, 'REMOTE_FAILED'],
  ['EXPIRED', tasked, 'EXPIRED'],
  ['ABANDONED', wired, 'ABANDONED'],
  // A hold is looked through: what it goes back to decides.
  ['HELD', { resume: 'PREPARING' }, 'DRAFT'],
  ['HELD', { resume: 'READY' }, 'UNKNOWN'],
  ['HELD', { ...wired, resume: 'UNKNOWN' }, 'UNKNOWN'],
  ['HELD', { ...tasked, resume: 'ACKED' }, 'ACKED'],
  ['HELD', { resume: null }, 'DRAFT'],
  ['HELD', { resume: 'HELD' }, 'DRAFT'],
  // Files that contradict themselves: the dearer meaning counts.
  ['PREPARED', wired, 'UNKNOWN'],
  ['DRAFT', tasked, 'ACKED'],
  ['READY', tasked, 'ACKED'],
  ['UNKNOWN', tasked, 'ACKED'],
  ['ACKED', wired, 'UNKNOWN'],
  ['DONE', { ...wired, result }, 'UNKNOWN'],
  ['DONE', tasked, 'ACKED'],
  ['VERIFIED', tasked, 'ACKED'],
]

describe('a take without its journal', () => {
  it.each(rows)('told as %s with %j goes on as %s', (state, about, rebuilt) => {
    expect(rebuiltAttempt(attempt({ ...about, state })).state).toBe(rebuilt)
  })

  it('says to the user what it goes on from, and when it may have been sent', () => {
    const sent = rebuiltAttempt(attempt({ state: 'READY', clipUrl: 'https://a/b' }))
    expect(sent).toMatchObject({ wiredAt: at, clipUrl: 'https://a/b', problem: { code: 'outcome-unknown' } })
    const unsent = rebuiltAttempt(attempt({ state: 'UPLOADED', clipUrl: 'https://a/b' }))
    expect(unsent).toMatchObject({ wiredAt: null, clipUrl: null, problem: { code: 'consent-needed' } })
    const followed = rebuiltAttempt(
      attempt({ ...tasked, ackedAt: null, state: 'DOWNLOADING', resultUrl: 'x' }),
    )
    expect(followed).toMatchObject({ resultUrl: null, ackedAt: at, problem: null })
    const draft = attempt({ state: 'DRAFT', problem: { code: 'file-missing', message: 'gone' } })
    expect(rebuiltAttempt(draft).problem).toEqual(draft.problem)
  })

  it('never goes on to a submit, and never calls unsent what has a task or was on the wire', () => {
    const any = fc.record({
      state: fc.constantFrom(...takeStates),
      resume: fc.constantFrom(null, ...takeStates.filter((state) => state !== 'HELD')),
      wiredAt: fc.constantFrom(null, at),
      ackedAt: fc.constantFrom(null, at),
      taskId: fc.constantFrom(null, 'task-1'),
      result: fc.constantFrom(null, result),
    })
    fc.assert(
      fc.property(any, (about) => {
        const rebuilt = rebuiltAttempt(attempt(about))
        expect(['prepare', 'upload', 'ready', 'intend', 'send', 'wait']).not.toContain(
          nextStep(rebuilt.state),
        )
        expect(rebuilt.taskId).toBe(about.taskId)
        if (about.taskId !== null || about.wiredAt !== null) expect(rebuilt.state).not.toBe('DRAFT')
        expect(rebuiltAttempt(rebuilt).state).toBe(rebuilt.state)
      }),
    )
  })
})

describe('two accounts of one take', () => {
  const kept = (...attempts: Attempt[]): KeptTake => ({
    order: anOrder({ id: take }),
    attempts,
    history: [],
    uploads: [],
  })
  const one = kept(attempt({ state: 'ACKED', ...tasked }))

  it('counts the one that knows more, and the first where both know the same', () => {
    const two = kept(attempt({ state: 'NEEDS_USER' }), attempt({ number: 2 }))
    const newer = kept(attempt({ state: 'DONE', ...tasked, since: later }))
    const same = kept(attempt({ state: 'UNKNOWN' }))
    expect(newerRecord(undefined, one)).toBe(one)
    expect(newerRecord(one, two)).toBe(two)
    expect(newerRecord(two, one)).toBe(two)
    expect(newerRecord(one, newer)).toBe(newer)
    expect(newerRecord(newer, one)).toBe(newer)
    expect(newerRecord(one, same)).toBe(one)
  })

  it('leaves attempts as they are that another has taken the place of', () => {
    const former = attempt({ state: 'NEEDS_USER', ...wired })
    const { attempts } = rebuiltTake(kept(former, attempt({ number: 2, state: 'INTENT' })))
    expect(attempts[0]).toBe(former)
    expect(attempts[1]).toMatchObject({ number: 2, state: 'UNKNOWN' })
  })
})
