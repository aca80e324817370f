import { expect, it } from 'vitest'
import { newAttempt } from '../../../src/main/takes/attempt.ts'
import type { TakeRecord } from '../../../src/main/takes/record.ts'
import { createRoster, isAtRest } from '../../../src/main/takes/roster.ts'
import type { Runner } from '../../../src/main/takes/runner.ts'
import type { TakeState } from '../../../src/shared/domain/take.ts'
import { takeStates } from '../../../src/shared/domain/take.ts'
import { noProgress, takeOf } from '../../../src/main/takes/view.ts'
import { anOrder } from '../../support/library/an-order.ts'

const record = (id: string, state: TakeState): TakeRecord => ({
  order: anOrder({ id }),
  attempt: { ...newAttempt(id, 1, 'own', '2026-11-20T12:00:00.000Z'), state },
})

const nothing = () => Promise.resolve()
const runnerOf = (one: TakeRecord): Runner => ({
  record: () => one,
  view: () => takeOf(one, noProgress, null),
  start: () => undefined,
  tell: () => Promise.resolve(true),
  poke: nothing,
  replace: nothing,
  stop: nothing,
})

it('makes the runner of a take at rest when it is asked for, and not for being looked at', () => {
  const made: string[] = []
  const roster = createRoster((one) => {
    made.push(one.order.id)
    return runnerOf(one)
  })
  const ids = ['one', 'two', 'three']
  for (const id of ids) roster.putAtRest(record(id, 'DONE'))
  expect(roster.views().map(({ id }) => id)).toEqual(ids)
  expect(roster.records().map(({ order }) => order.id)).toEqual(ids)
  expect([roster.view('two')?.state, roster.record('two')?.attempt.state]).toEqual(['DONE', 'DONE'])
  expect([roster.view('none'), roster.record('none'), roster.runner('none')]).toEqual(
    Array(3).fill(undefined),
  )
  expect(made).toEqual([])
  expect(roster.runner('two')).toBe(roster.runner('two'))
  expect([made, roster.runners().length, roster.ids()]).toEqual([['two'], 1, ids])
})

it('knows every state in which nothing happens to a take until somebody asks', () => {
  const rests = takeStates.filter((state) => isAtRest(record('one', state)))
  expect(rests.toSorted()).toEqual(
    ['ABANDONED', 'DONE', 'DRAFT', 'EXPIRED', 'REJECTED', 'REMOTE_FAILED'].toSorted(),
  )
  const done = record('one', 'DONE')
  const marked = { ...done, attempt: { ...done.attempt, watermarkUrl: 'https://files.example/marked.mp4' } }
  expect(isAtRest(marked)).toBe(false)
})
