import type { Order } from '../../../src/main/takes/attempt.ts'
import { someSettings } from '../clips/facts.ts'

const at = '2026-11-20T12:00:00.000Z'

/** What the user asked for, as the journal keeps it. */
export const anOrder = (different: Partial<Order> = {}): Order => ({
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  createdAt: at,
  settings: someSettings(),
  window: { start: 0, length: null },
  characterPath: '/a.png',
  clipPath: '/b.mp4',
  characterName: 'a.png',
  clipName: 'b.mp4',
  baseUrl: null,
  host: null,
  clipUrl: null,
  characterUrl: null,
  partOf: null,
  consent: { amount: 0, at },
  estimate: { currency: 'USD', amount: 0, perSecond: 0, seconds: 5, asOf: at, source: 'here' },
  ...different,
})
