import { newAttempt } from '../../../src/main/takes/attempt.ts'
import type { TakeRecord } from '../../../src/main/takes/record.ts'
import type { AccountSlots } from '../../../src/main/takes/steps/account-slots.ts'
import type { TakeState } from '../../../src/shared/domain/take.ts'
import { anOrder } from './an-order.ts'
import { someSettings } from '../clips/facts.ts'

const at = '2026-11-20T12:00:00.000Z'
export const never = new AbortController().signal

export function recordOf(id: string, state: TakeState, account = 'a-1'): TakeRecord {
  const order = anOrder({ id, settings: someSettings({ provider: 'kling', model: 'kling-v3', account }) })
  return { order, attempt: { ...newAttempt(id, 1, 'own', at), state } }
}

/** A queue that is never paused and arranges nothing: first come, first served. */
export const firstCome = { isPaused: () => false, compare: () => 0 }

/** Whether a take was let in so far. */
export function entering(accountSlots: AccountSlots, record: TakeRecord, signal = never) {
  const answer: { value: Awaited<ReturnType<typeof accountSlots.enter>> | null } = { value: null }
  const done = accountSlots.enter(record.order, signal).then((granted) => {
    answer.value = granted
  })
  return { answer, done }
}
