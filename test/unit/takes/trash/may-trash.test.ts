import { expect, it } from 'vitest'
import { newAttempt, type Attempt } from '../../../../src/main/takes/attempt.ts'
import { nextStepOf } from '../../../../src/main/takes/next-step.ts'
import { obstacleTo } from '../../../../src/main/takes/trash/may-trash.ts'
import { takeStates, type TakeState } from '../../../../src/shared/domain/take.ts'

const at = '2026-11-20T12:00:00.000Z'
const now = Date.parse(at) + 60_000
const attempt = (state: TakeState, different: Partial<Attempt> = {}): Attempt => ({
  ...newAttempt('01ARZ3NDEKTSV4RRFFQ69G5FAV', 1, 'own', at),
  state,
  ...different,
})
const obstacle = (...attempts: readonly Attempt[]) => obstacleTo({ attempts, isUp: false, now })

it('lets go exactly the takes to which nothing happens until somebody asks', () => {
  const free = takeStates.filter((state) => obstacle(attempt(state)) === null)
  expect(free).toEqual(takeStates.filter((state) => state !== 'WIRE' && nextStepOf(attempt(state)) === null))
})

it('keeps a take with a question, on hold, or with a watermarked version to come', () => {
  expect(obstacle(attempt('NEEDS_USER'))).toBe('question')
  expect(obstacle(attempt('HELD', { resume: 'ACKED' }))).toBe('waiting')
  expect(obstacle(attempt('DONE', { watermarkUrl: 'https://results.example/1' }))).toBe('watermark')
  expect(obstacleTo({ attempts: [attempt('DONE')], isUp: true, now })).toBe('uploads')
})

it('keeps a take for a day while a task of any of its attempts may still start', () => {
  const unknown = attempt('NEEDS_USER', { wiredAt: at })
  const later = attempt('DONE', { number: 2 })
  expect(obstacle(unknown, later)).toBe('late-task')
  expect(obstacle(attempt('ABANDONED', { wiredAt: at }))).toBe('late-task')
  expect(obstacle(attempt('DRAFT', { displacedAt: at }))).toBe('late-task')
  const tomorrow = now + 24 * 60 * 60_000
  expect(obstacleTo({ attempts: [unknown, later], isUp: false, now: tomorrow })).toBeNull()
})
