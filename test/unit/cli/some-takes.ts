import { fail } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { aResult } from '../../support/library/fake-studio.ts'

export const older = aTake({
  id: '01JD1AAAAAAAAAAAAAAAAAAAAA',
  state: 'DONE',
  attempt: 1,
  taskId: '7',
  result: aResult,
})
export const newer = aTake({ id: '01JD2BBBBBBBBBBBBBBBBBBBBB', state: 'ACKED', attempt: 1, taskId: '8' })
export const lost = aTake({
  id: '01JD2CCCCCCCCCCCCCCCCCCCCC',
  state: 'NEEDS_USER',
  attempt: 1,
  problem: fail('outcome-unknown', 'Nobody knows.').problem,
})
export const rest = [
  { state: 'REMOTE_DONE' },
  { state: 'DOWNLOADING' },
  { state: 'DONE', result: aResult },
] as const
