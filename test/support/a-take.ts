import { defaultTakeSettings, type Take } from '../../src/shared/take.ts'

/** A take as the core announces it; say only what the test is about. */
export const aTake = (about: Partial<Take> = {}): Take => ({
  id: '01JD0000000000000000000000',
  state: 'DRAFT',
  attempt: 0,
  partOf: null,
  createdAt: '2026-11-20T12:00:00.000Z',
  since: '2026-11-20T12:00:00.000Z',
  settings: defaultTakeSettings,
  characterName: 'hero.png',
  clipName: 'dance.mp4',
  estimate: {
    currency: 'USD',
    amount: 0,
    perSecond: 0,
    seconds: 5,
    asOf: '2026-11-20T00:00:00.000Z',
    source: 'practice',
  },
  taskId: null,
  host: null,
  progress: null,
  eta: null,
  preparedClip: null,
  preparedCharacter: null,
  result: null,
  resultUntil: null,
  cost: null,
  problem: null,
  ...about,
})
