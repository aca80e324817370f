import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptSchema, newAttempt, unsentStates, type Attempt } from '../../../src/main/takes/attempt.ts'
import { hears, step } from '../../../src/main/takes/state-machine.ts'
import type { TakeEvent } from '../../../src/main/takes/take-event.ts'
import { nextStep } from '../../../src/main/takes/next-step.ts'
import { takeStates, terminalStates, type TakeState } from '../../../src/shared/domain/take.ts'

const now = '2026-11-20T12:00:00.000Z'
const problem = { code: 'internal', message: 'something' } as const
const file = { path: '/x', bytes: 1, sha256: 'a', width: 2, height: 2 }
const clip = {
  ...file,
  frames: 1,
  frameRate: 30,
  duration: 3,
  videoCodec: 'h264',
  pixelFormat: 'yuv420p',
  audio: null,
}
const result = { bytes: 1, sha256: 'a', duration: 3, width: 2, height: 2, frameRate: 30 }

const events: readonly TakeEvent[] = [
  { type: 'prepare-started', estimate: null },
  { type: 'prepared', clip, character: { ...file, format: 'png' }, commands: ['ffmpeg'] },
  { type: 'prepare-failed', problem },
  { type: 'upload-started' },
  { type: 'uploaded', clipUrl: 'http://127.0.0.1/x', characterUrl: null, until: null },
  { type: 'unsendable', problem },
  { type: 'noticed', problem },
  { type: 'upload-lost' },
  { type: 'ready' },
  { type: 'intent', paidWith: 'k' },
  { type: 'wire' },
  { type: 'accepted', taskId: 't' },
  { type: 'refused', problem },
  { type: 'unknown', problem },
  { type: 'ask-user', problem },
  { type: 'check-again' },
  {
    type: 'remote-done',
    taskId: 't',
    url: 'http://127.0.0.1/r',
    watermarkUrl: null,
    cost: null,
    until: null,
  },
  { type: 'mark-found', url: 'http://127.0.0.1/m' },
  { type: 'mark-verified', result },
  { type: 'marked' },
  { type: 'mark-missed', problem },
  { type: 'remote-failed', problem, cost: null },
  { type: 'download-started' },
  { type: 'link-lost', problem: null },
  { type: 'verified', result },
  { type: 'result-lost' },
  { type: 'done' },
  { type: 'fetch-to', folder: '/elsewhere' },
  { type: 'expired', problem },
  { type: 'held', problem, until: 5 },
  { type: 'released' },
  { type: 'cancelled' },
  { type: 'given-up' },
  { type: 'parted', problem },
  { type: 'restarted' },
]

const inState = (state: TakeState): Attempt => ({ ...newAttempt('take', 1, 'own', now), state })
const run = (attempt: Attempt, happened: readonly TakeEvent[]) =>
  happened.reduce((current, event) => step(current, event, now), attempt)

/** States after which a paid task may exist. */
const afterWire = new Set<TakeState>(
  takeStates.filter((state) => !unsentStates.has(state) && !['INTENT', 'HELD', 'ABANDONED'].includes(state)),
)

describe('the take machine', () => {
  it('walks from the prepared files to the finished result', () => {
    const states = [
      'prepared',
      'upload-started',
      'uploaded',
      'ready',
      'intent',
      'wire',
      'accepted',
      'remote-done',
      'download-started',
      'verified',
      'done',
    ]
      .map((type) => events.find((event) => event.type === type))
      .filter((event) => event !== undefined)
      .reduce<Attempt[]>(
        (path, event) => [...path, step(path.at(-1) ?? inState('PREPARING'), event, now)],
        [],
      )
      .map((attempt) => attempt.state)
    expect(states).toEqual([
      'PREPARED',
      'UPLOADING',
      'UPLOADED',
      'READY',
      'INTENT',
      'WIRE',
      'ACKED',
      'REMOTE_DONE',
      'DOWNLOADING',
      'VERIFIED',
      'DONE',
    ])
  })

  it('answers every event in every state, and changes nothing where the event means nothing', () => {
    for (const state of takeStates) {
      for (const event of events) {
        const before = inState(state)
        const after = step(before, event, now)
        expect(takeStates).toContain(after.state)
        if (!hears(before, event.type)) expect(after).toBe(before)
      }
    }
  })

  it('never comes to the wire twice in one attempt without a refusal that proves nothing was started', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 60 }), (happened) => {
        let attempt = inState('PREPARING')
        let mayBeRunning = false
        for (const event of happened) {
          const next = step(attempt, event, now)
          if (next.state === 'WIRE' && attempt.state !== 'WIRE') {
            expect(mayBeRunning).toBe(false)
            mayBeRunning = true
          }
          if (attempt.state === 'WIRE' && next.state === 'HELD') mayBeRunning = false
          attempt = next
        }
      }),
    )
  })

  it('sends only from INTENT, so that WIRE is always on disk first', () => {
    const sending = takeStates.filter((state) => nextStep(state) === 'send')
    expect(sending).toEqual(['INTENT'])
    const toWire = takeStates.filter((state) => step(inState(state), { type: 'wire' }, now).state === 'WIRE')
    expect(new Set(toWire)).toEqual(new Set(['INTENT', 'WIRE']))
  })

  it('calls a submit that was interrupted unknown, and one that had not begun ready', () => {
    expect(step(inState('WIRE'), { type: 'restarted' }, now)).toMatchObject({
      state: 'UNKNOWN',
      problem: { code: 'outcome-unknown' },
    })
    expect(step(inState('INTENT'), { type: 'restarted' }, now).state).toBe('READY')
  })

  it('lets nobody take back to a draft what may have been paid', () => {
    for (const state of afterWire) expect(step(inState(state), { type: 'cancelled' }, now).state).toBe(state)
    const held = run(inState('DOWNLOADING'), [{ type: 'held', problem, until: 5 }])
    expect(step(held, { type: 'cancelled' }, now).state).toBe('HELD')
  })

  it('goes on after a hold where it was, or from the beginning of the step', () => {
    const resumed = (state: TakeState) =>
      run(inState(state), [{ type: 'held', problem, until: 5 }, { type: 'released' }]).state
    expect(resumed('PREPARING')).toBe('PREPARING')
    expect(resumed('UPLOADING')).toBe('PREPARED')
    expect(resumed('WIRE')).toBe('READY')
    expect(resumed('DOWNLOADING')).toBe('REMOTE_DONE')
  })

  it('never loses a task id once it has one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (happened) => {
        const known = step(inState('WIRE'), { type: 'accepted', taskId: 't' }, now)
        expect(run(known, happened).taskId).not.toBeNull()
      }),
    )
  })

  it('leaves a finished take alone, whatever happens', () => {
    // What the user gave up can still be adopted by its task id: it was paid for.
    const others = events.filter(({ type }) => type !== 'accepted' && type !== 'fetch-to')
    for (const state of terminalStates) expect(run(inState(state), others).state).toBe(state)
    expect(step(inState('ABANDONED'), { type: 'accepted', taskId: 't' }, now).state).toBe('ACKED')
    expect(step(inState('DONE'), { type: 'accepted', taskId: 't' }, now).state).toBe('DONE')
  })

  it('fetches a result elsewhere as long as it is still to come, and asks for a link where it was done', () => {
    const to = (attempt: Attempt) => step(attempt, { type: 'fetch-to', folder: '/elsewhere' }, now)
    expect(to(inState('DOWNLOADING'))).toMatchObject({ state: 'REMOTE_DONE', resultFolder: '/elsewhere' })
    const full = run(inState('DOWNLOADING'), [{ type: 'held', problem, until: 5 }])
    expect(to(full)).toMatchObject({ state: 'REMOTE_DONE', resume: null, problem: null })
    const done = { ...inState('DONE'), taskId: 't', result, failedFetches: 3 }
    expect(to(done)).toMatchObject({ state: 'ACKED', taskId: 't', result: null, failedFetches: 0 })
    // What is verified already only waits for its name, and other holds wait for something else.
    const verified = run(inState('VERIFIED'), [{ type: 'held', problem, until: 5 }])
    const unsent = run(inState('READY'), [{ type: 'held', problem, until: 5 }])
    for (const attempt of [inState('VERIFIED'), verified, unsent]) expect(to(attempt)).toBe(attempt)
  })

  it('reads attempts of versions that knew no other folder as lying in the library', () => {
    const { resultFolder: _folder, resultTime: _time, ...older } = inState('DONE')
    expect(attemptSchema.parse(older)).toMatchObject({ state: 'DONE', resultFolder: null, resultTime: null })
  })

  it('asks the provider anew about an open question after each start', () => {
    expect(step(inState('NEEDS_USER'), { type: 'restarted' }, now).state).toBe('UNKNOWN')
    expect(step({ ...inState('NEEDS_USER'), taskId: 't' }, { type: 'restarted' }, now).state).toBe('ACKED')
  })

  it('lets the user take back what is about to be sent, but not what is being sent', () => {
    expect(step(inState('INTENT'), { type: 'cancelled' }, now).state).toBe('DRAFT')
    expect(step(inState('WIRE'), { type: 'cancelled' }, now).state).toBe('WIRE')
  })

  it('always knows what to do next, or waits for a draft to be started, or is finished', () => {
    const idle = takeStates.filter((state) => nextStep(state) === null && state !== 'WIRE')
    expect(new Set(idle)).toEqual(new Set([...terminalStates, 'DRAFT']))
  })

  it('is the same after one restart as after two', () => {
    for (const state of takeStates) {
      const once = step(inState(state), { type: 'restarted' }, now)
      expect(step(once, { type: 'restarted' }, now).state).toBe(
        once.state === 'INTENT' ? 'READY' : once.state,
      )
    }
  })
})
