import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemCodes } from '../../../../src/shared/outcome.ts'
import {
  takeStates,
  terminalStates,
  waitingForUser,
  type Take,
  type TakeState,
} from '../../../../src/shared/domain/take.ts'
import { ordinal, wordsOf } from '../../../../src/shared/text/take-status.ts'
import { aTake } from '../../../support/library/a-take.ts'

/** Where a hold may go back to. */
const resumes = [
  'PREPARING',
  'PREPARED',
  'READY',
  'UNKNOWN',
  'ACKED',
  'REMOTE_DONE',
  'VERIFIED',
] as const satisfies readonly TakeState[]

const sentBy: Readonly<Record<(typeof resumes)[number], boolean>> = {
  PREPARING: false,
  PREPARED: false,
  READY: false,
  UNKNOWN: true,
  ACKED: true,
  REMOTE_DONE: true,
  VERIFIED: true,
}

const held = (resume: TakeState, code: (typeof problemCodes)[number]): Take =>
  aTake({
    state: 'HELD',
    resume,
    problem: { code, message: 'Something is in the way.', advice: 'Take it away.' },
  })

const codeWords = new RegExp([...takeStates, ...problemCodes].map((word) => `\\b${word}\\b`).join('|'))
const sentences = /^[A-Z].*[.]$/

function expectPlain(take: Take): void {
  const { label, next, can } = wordsOf(take)
  expect(label).toMatch(/^[A-Z\d][^_.]+$/)
  expect(next).toMatch(sentences)
  if (can !== null) expect(can).toMatch(sentences)
  expect(`${label} ${next} ${can ?? ''}`).not.toMatch(codeWords)
}

describe('The words for a take', () => {
  it.each(takeStates)('in state %s say plainly what happens now, next, and what can be done', (state) => {
    const take = aTake({ state })
    expectPlain(take)
    expect(wordsOf(take).busy).toBe(!terminalStates.has(state) && !waitingForUser.has(state))
  })

  describe.each(resumes)('of a hold that goes back to %s', (resume) => {
    it.each(problemCodes)('are plain and true where it is held for %s', (code) => {
      const take = held(resume, code)
      expectPlain(take)
      const { next, busy, can } = wordsOf(take)
      expect(busy).toBe(true)
      expect(can).not.toBeNull()
      // Whatever may have left this computer is never said to be unsent or unpaid, and what did not is.
      expect(/nothing was (sent|started|paid|charged)/i.test(next)).toBe(!sentBy[resume])
    })
  })

  it('say of a full disk that the download goes on by itself, and name the other folder as the way out', () => {
    expect(wordsOf(held('REMOTE_DONE', 'disk-full'))).toMatchObject({
      label: 'The download needs disk space',
      next: 'The download resumes automatically when there is space.',
      can: 'Free some space, or save the result to another folder.',
    })
  })

  it.each([
    [1, 'Next in the queue'],
    [2, '2nd in the queue'],
    [3, '3rd in the queue'],
    [11, '11th in the queue'],
  ])('say of a take that could be sent which place it has: %i', (place, label) => {
    const take = aTake({ state: 'READY', queued: { place, paused: false } })
    expectPlain(take)
    expect(wordsOf(take).label).toBe(label)
  })

  it('say why a take that could be sent waits while the queue is paused', () => {
    const take = aTake({ state: 'READY', queued: { place: 2, paused: true } })
    expectPlain(take)
    expect(wordsOf(take)).toMatchObject({ label: 'Paused', busy: true })
    expect(wordsOf(take).next).toContain('until you resume the queue')
  })

  it('say what a take does that works before its turn, whatever its place', () => {
    const queued = { place: 2, paused: true }
    expect(wordsOf(aTake({ state: 'PREPARING', queued })).label).toBe('Preparing the files')
  })

  it('count places as people do', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal).join(' ')).toBe(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th',
    )
  })

  it('say of a disk that was pulled out that the download waits for it', () => {
    expect(wordsOf(held('REMOTE_DONE', 'folder-unwritable')).next).toContain(
      'when the folder is available again',
    )
  })

  it('say of an account that was refused how all of its takes go on', () => {
    for (const code of ['account-key', 'account-money', 'account-rights'] as const)
      expect(wordsOf(held('READY', code)).next).toContain('All waiting takes of this account continue')
  })

  it('do not promise to go on where nothing can be noted down any more', () => {
    const problem = { code: 'library-damaged', message: 'The disk failed.', advice: 'Restart.' } as const
    for (const state of ['WIRE', 'ACKED', 'DOWNLOADING'] as const) {
      const { busy, next } = wordsOf(aTake({ state, problem }))
      expect(busy).toBe(false)
      expect(next).toContain('Restart Understudy to continue')
    }
  })

  it('say that a task nobody answers about goes on being asked about', () => {
    const unclear = { code: 'answer-unclear', message: 'It cannot be read.', advice: 'Look there.' } as const
    expect(wordsOf(aTake({ state: 'ACKED', problem: unclear }))).toMatchObject({
      label: 'Answer not understood',
      tone: 'warn',
      busy: true,
    })
    const problem = { code: 'provider-silent', message: 'No clear answer.' } as const
    expect(wordsOf(aTake({ state: 'ACKED', problem }))).toMatchObject({
      label: 'Waiting for an answer',
      busy: true,
    })
  })

  it('never advise a new attempt for a task that the provider knows, before it is given up', () => {
    const { can } = wordsOf(aTake({ state: 'NEEDS_USER', taskId: 'task-1' }))
    expect(can).toContain('give this one up first')
  })

  it('name the folder in which a result lies that is not in the library', () => {
    expect(wordsOf(aTake({ state: 'DONE', resultFolder: 'USB stick' })).next).toBe(
      'The result is in “USB stick”.',
    )
  })

  it('are there for every mixture of what is known of a take', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...takeStates),
        fc.constantFrom(...resumes),
        fc.constantFrom(...problemCodes, null),
        fc.constantFrom('task-1', null),
        fc.constantFrom('s3', 'tunnel', 'given', 'provider', 'loopback', null),
        (state, resume, code, taskId, host) => {
          const problem = code === null ? null : { code, message: 'Something is in the way.' }
          expectPlain(aTake({ state, resume: state === 'HELD' ? resume : null, problem, taskId, host }))
        },
      ),
    )
  })
})
