import type { RemoteProvider } from '../../../src/shared/domain/account.ts'
import type { Problem } from '../../../src/shared/outcome.ts'
import { findModel } from '../../../src/shared/rules/models.ts'
import { defaultTakeSettings, type Take } from '../../../src/shared/domain/take.ts'
import { aTake } from '../library/a-take.ts'
import { anAccount } from './fake-account-answers.ts'
import { practiceProvider, remoteProvider, type FakeBridgeOptions } from './fake-answers.ts'

export const idOf = (number: number) => `01JD${String(number).padStart(22, '0')}`

/** A paid take of 21 November, some minutes before the scene. */
export function paid(number: number, provider: RemoteProvider, different: Partial<Take>): Take {
  const model = findModel(provider)?.model ?? ''
  return aTake({
    id: idOf(number),
    attempt: 1,
    createdAt: '2026-11-21T14:41:00.000Z',
    since: '2026-11-21T14:43:00.000Z',
    sentAt: '2026-11-21T14:42:30.000Z',
    taskId: '790211543882',
    characterName: 'fox.png',
    clipName: 'waltz.mp4',
    settings: { ...defaultTakeSettings, provider, model },
    estimate: { ...aTake().estimate, amount: 1.26, perSecond: 0.126, seconds: 10, source: 'price list' },
    ...different,
  })
}

export const studio = (...takes: readonly Take[]): FakeBridgeOptions => ({
  takes,
  now: () => '2026-11-21T15:04:00.000Z',
  // Long before all of them.
  startedAt: '2026-11-21T08:00:00.000Z',
  nativeDialogs: false,
  providers: [practiceProvider, remoteProvider('kling'), remoteProvider('oxen'), remoteProvider('highway')],
  accounts: [anAccount('kling'), anAccount('oxen'), anAccount('highway')],
})

export const justStarted = (...takes: readonly Take[]): FakeBridgeOptions => ({
  ...studio(...takes),
  startedAt: '2026-11-21T15:03:20.000Z',
})

export const done = paid(1, 'kling', {
  state: 'DONE',
  characterName: 'hero.png',
  clipName: 'steps.mp4',
  taskId: '790211540000',
  createdAt: '2026-11-21T13:20:00.000Z',
  since: '2026-11-21T13:29:11.000Z',
  cost: { units: '9', unitName: 'units' },
})

export const broken: Problem = {
  code: 'library-damaged',
  message: 'The disk failed while a change to the library was being written.',
  advice:
    'Restart Understudy. Until then, nothing is sent and nothing is saved. Submitted takes continue at the provider.',
  detail: 'disk I/O error',
}

export const silent: Problem = {
  code: 'provider-silent',
  message: 'The provider gives no clear answer about this take. The take itself continues there.',
  advice: 'Check the account’s key and address. Understudy keeps asking.',
  detail: 'connect ENETUNREACH 203.0.113.7:443',
}

export const clockWrong: Problem = {
  code: 'provider-silent',
  message: 'The clock of this computer differs from the provider’s by about 20 minutes.',
  advice: 'Set the clock of this computer; requests are signed with the provider’s time meanwhile.',
}
