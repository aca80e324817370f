import { describe, expect, it } from 'vitest'
import type { Attempt } from '../../../src/main/takes/attempt.ts'
import { hears, step } from '../../../src/main/takes/state-machine.ts'
import type { TakeEvent, TakeEventType } from '../../../src/main/takes/take-event.ts'
import { takeStates, type TakeState } from '../../../src/shared/domain/take.ts'
import { fullAttempt } from '../../support/library/an-attempt.ts'
import { later, problem, rules } from '../../support/library/machine-rules.ts'

/** Where a hold goes back to from each state that can be held. */
const resumes: Partial<Record<TakeState, TakeState>> = {
  PREPARING: 'PREPARING',
  UPLOADING: 'PREPARED',
  READY: 'READY',
  INTENT: 'READY',
  WIRE: 'READY',
  ACKED: 'ACKED',
  UNKNOWN: 'UNKNOWN',
  REMOTE_DONE: 'REMOTE_DONE',
  DOWNLOADING: 'REMOTE_DONE',
  VERIFIED: 'VERIFIED',
}

const after = (attempt: Attempt, event: TakeEvent) => step(attempt, event, later)
const plain = { resume: null, heldUntil: null, since: later }
const ofItsOwn = new Set<TakeEventType>(['held', 'restarted'])

describe('every event in every state', () => {
  const rows = Object.entries(rules).filter(([type]) => !ofItsOwn.has(type as TakeEventType))
  it.each(rows)(
    '%s changes exactly what it says, and nothing where it is not heard',
    (type, { event, leads, changes }) => {
      for (const state of takeStates) {
        const before = fullAttempt({ state })
        const to = leads[state]
        expect(hears(before, event.type), `${type} in ${state}`).toBe(
          to !== undefined || (type === 'fetch-to' && state === 'DONE'),
        )
        if (to)
          expect(after(before, event), `${type} in ${state}`).toEqual({
            ...before,
            ...plain,
            ...changes,
            state: to,
          })
        else if (!hears(before, event.type)) expect(after(before, event)).toBe(before)
      }
    },
  )

  it('a hold keeps the reason, the time and the state that it goes back to', () => {
    for (const state of takeStates) {
      const before = fullAttempt({ state })
      const resume = resumes[state]
      const wiredAt = state === 'WIRE' ? null : before.wiredAt
      const held = { ...before, ...plain, state: 'HELD', resume, heldUntil: 53, problem, wiredAt }
      expect(after(before, rules.held.event)).toEqual(resume ? held : before)
    }
  })
})

describe('a restart', () => {
  it('goes on from the last safe point, and never by itself from what may have been sent', () => {
    const leads: Partial<Record<TakeState, TakeState>> = {
      UPLOADING: 'PREPARED',
      INTENT: 'READY',
      DOWNLOADING: 'REMOTE_DONE',
      HELD: 'UPLOADING',
    }
    for (const state of takeStates.filter((one) => one !== 'WIRE' && one !== 'NEEDS_USER')) {
      const before = fullAttempt({ state })
      const to = leads[state]
      const expected = to ? { ...before, ...plain, state: to, problem: null } : before
      expect(after(before, { type: 'restarted' }), state).toEqual(expected)
    }
  })

  it('asks anew about what may have been sent, and says so', () => {
    const before = fullAttempt({ state: 'WIRE' })
    const { problem: said, ...rest } = after(before, { type: 'restarted' })
    expect({ ...rest, problem: before.problem }).toEqual({ ...before, ...plain, state: 'UNKNOWN' })
    expect(said).toMatchObject({ code: 'outcome-unknown' })
    expect(said?.message).toMatch(/doesn’t know whether the take started/)
    expect(said?.advice).toMatch(/Nothing is sent again automatically/)
  })

  it('keeps the question that was put to the user while it asks again', () => {
    for (const taskId of ['task-2', null]) {
      const before = fullAttempt({ state: 'NEEDS_USER', taskId })
      const state = taskId === null ? 'UNKNOWN' : 'ACKED'
      expect(after(before, { type: 'restarted' })).toEqual({ ...before, ...plain, state })
      expect(after(before, { type: 'check-again' })).toEqual({ ...before, ...plain, state, failedFetches: 0 })
    }
  })
})

describe('what an event leaves open', () => {
  it('goes back to a draft from a hold that does not know where it came from', () => {
    const lost = fullAttempt({ state: 'HELD', resume: null })
    expect(after(lost, { type: 'released' }).state).toBe('DRAFT')
    expect(after(lost, { type: 'restarted' }).state).toBe('DRAFT')
    expect(after(lost, { type: 'cancelled' })).toBe(lost)
  })

  it('keeps how long the result lives where a later answer does not say', () => {
    const { event } = rules['remote-done']
    expect(after(fullAttempt({ state: 'ACKED' }), { ...event, until: null }).resultUntil).toBe(29)
  })

  it('does not know when a result was changed that an older version finished', () => {
    expect(after(fullAttempt({ state: 'VERIFIED' }), { type: 'done' }).resultTime).toBeNull()
  })

  it('takes a hold back to a draft only before the submit', () => {
    for (const resume of takeStates) {
      const before = fullAttempt({ state: 'HELD', resume })
      const isUnsent = ['DRAFT', 'PREPARING', 'PREPARED', 'UPLOADING', 'UPLOADED', 'READY'].includes(resume)
      expect(hears(before, 'cancelled'), resume).toBe(isUnsent)
    }
  })

  it('fetches a result that is done, or whose download waits, once more from its beginning', () => {
    const { event } = rules['fetch-to']
    const moved = {
      ...plain,
      result: null,
      watermarked: null,
      markProblem: null,
      resultFolder: '/other',
      problem: null,
    }
    const done = fullAttempt({ state: 'DONE' })
    expect(after(done, event)).toEqual({
      ...done,
      ...moved,
      state: 'ACKED',
      failedFetches: 0,
      watermarkUrl: null,
    })
    const held = fullAttempt({ state: 'HELD', resume: 'REMOTE_DONE' })
    expect(after(held, event)).toEqual({ ...held, ...moved, state: 'REMOTE_DONE' })
  })
})
