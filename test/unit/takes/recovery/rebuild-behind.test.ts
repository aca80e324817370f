import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newAttempt, type Attempt } from '../../../../src/main/takes/attempt.ts'
import type { HistoryEntry } from '../../../../src/main/takes/record.ts'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { someSettings } from '../../../support/clips/facts.ts'
import { takeId } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { tellOf } from '../../../support/library/take-json.ts'

const stage = libraryStage()
const library = () => join(stage.folder, 'library')
const order = anOrder({ settings: someSettings({ provider: 'kling', model: 'kling-v2-6' }) })
const minute = (n: number) => `2026-11-20T12:${String(n).padStart(2, '0')}:00.000Z`
const attempt = (number: number, different: Partial<Attempt>): Attempt => ({
  ...newAttempt(takeId, number, `own-${String(number)}`, minute(0)),
  ...different,
})
const noted = (...types: readonly [type: string, state: string][]): readonly HistoryEntry[] =>
  types.map(([type, state], index) => ({ attempt: 1, at: minute(index), type, state }))

function opened() {
  const place = { path: join(stage.folder, 'studio.db'), library: library(), log: () => undefined }
  const found = openLibraryJournal({ ...place, now: () => minute(59) })
  if (!found.ok) throw new Error(found.problem.message)
  return found.value
}

/** The list of takes as a backup had it. */
function listed(attempts: readonly [Attempt, ...Attempt[]], history: readonly HistoryEntry[] = []) {
  const { journal } = opened()
  journal.restore([{ order, attempts, history, uploads: [] }])
  journal.close()
}

/** How the takes go on after a start, the latest attempt first. */
function afterStart() {
  const { journal, notice } = opened()
  const attempts = journal.attempts(takeId).toReversed()
  const spend = journal.spend().map((entry) => entry.attempt)
  journal.close()
  return { notice, attempts, states: attempts.map(({ state }) => state), spend }
}

describe('a list of takes that is older than its folders', () => {
  it.each(['INTENT', 'WIRE'] as const)('does not submit what the folder knows as %s', (state) => {
    listed([attempt(1, { state: 'READY', clipUrl: 'https://x.example/1' })])
    tellOf(library(), {
      order,
      attempts: [attempt(1, { state, since: minute(1), clipUrl: 'https://x.example/1' })],
    })
    expect(afterStart()).toMatchObject({ states: ['UNKNOWN'], spend: [1], notice: { detail: takeId } })
  })

  it('follows a task that was accepted while the clock was behind the one of before', () => {
    listed([attempt(1, { state: 'READY', since: minute(50) })])
    const told = { state: 'ACKED', taskId: 'task-1', wiredAt: minute(2), ackedAt: minute(3) } as const
    tellOf(library(), { order, attempts: [attempt(1, { ...told, since: minute(3) })] })
    expect(afterStart()).toMatchObject({ states: ['ACKED'], attempts: [{ taskId: 'task-1' }] })
  })

  it('knows every attempt that its folder knows, so that each is looked for and counted', () => {
    listed([attempt(1, { state: 'READY', clipUrl: 'https://x.example/1' })])
    const unresolved = { state: 'NEEDS_USER', clipUrl: 'https://x.example/1' } as const
    tellOf(library(), {
      order,
      attempts: [
        attempt(1, { ...unresolved, wiredAt: minute(10), since: minute(11) }),
        attempt(2, { ...unresolved, wiredAt: minute(12), since: minute(13) }),
        attempt(3, { state: 'ACKED', taskId: 'task-3', wiredAt: minute(19), since: minute(20) }),
      ],
    })
    const found = afterStart()
    expect(found.states).toEqual(['ACKED', 'NEEDS_USER', 'NEEDS_USER'])
    expect(found.spend.toSorted()).toEqual([1, 2, 3])
  })

  it.each(['HELD', 'READY'] as const)('does not send in %s what was cancelled after it', (state) => {
    const before = noted(['added', 'PREPARING'], ['ready', 'READY'])
    const resume = state === 'HELD' ? 'READY' : null
    listed([attempt(1, { state, resume, since: minute(40) })], before)
    // `restore` notes itself down too.
    const { journal } = opened()
    const history = [
      ...journal.events(takeId),
      { attempt: 1, at: minute(9), type: 'cancelled', state: 'DRAFT' },
    ]
    journal.close()
    tellOf(library(), { order, attempts: [attempt(1, { state: 'DRAFT', since: minute(9) })], history })
    expect(afterStart()).toMatchObject({ states: ['DRAFT'], spend: [] })
  })

  it('is put right once', () => {
    listed([attempt(1, { state: 'READY' })])
    tellOf(library(), { order, attempts: [attempt(1, { state: 'INTENT', since: minute(1) })] })
    expect(afterStart().notice).not.toBeNull()
    expect(afterStart()).toMatchObject({ notice: null, states: ['UNKNOWN'] })
  })
})

describe('a folder that is behind its list', () => {
  it('does not bring back a submit of which the provider said later that nothing was started', () => {
    const { journal } = opened()
    journal.add(order, attempt(1, { state: 'INTENT' }))
    const history = journal.events(takeId)
    journal.record(attempt(1, { state: 'WIRE', wiredAt: minute(1), since: minute(1) }), { type: 'wire' })
    tellOf(library(), {
      order,
      attempts: [attempt(1, { state: 'WIRE', wiredAt: minute(1), since: minute(1) })],
      history: journal.events(takeId),
    })
    const problem = { code: 'provider-silent', message: 'offline' } as const
    const held = attempt(1, { state: 'HELD', resume: 'READY', since: minute(1) })
    journal.record(held, { type: 'held', problem, until: 0 })
    expect(history).toHaveLength(1)
    journal.close()
    expect(afterStart()).toMatchObject({ states: ['HELD'], notice: null })
  })

  it('does not stop a take of which a kill left the folder at the very same step', () => {
    listed([attempt(1, { state: 'INTENT', since: minute(5) })])
    tellOf(library(), { order, attempts: [attempt(1, { state: 'INTENT', since: minute(5) })] })
    expect(afterStart()).toMatchObject({ states: ['INTENT'], notice: null })
  })
})
