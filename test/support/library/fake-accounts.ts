import type { AccountReport, AccountView } from '../../../src/shared/domain/account.ts'
import type { NetworkReport } from '../../../src/shared/domain/network.ts'
import { ok, type Outcome } from '../../../src/shared/outcome.ts'
import type { Accounts } from '../../../src/main/accounts/types.ts'
import type { Reached } from '../../../src/main/takes/types.ts'

export type FakeAccounts = {
  readonly views?: readonly AccountView[]
  readonly report?: Outcome<AccountReport>
  readonly reached?: Outcome<Reached>
  readonly network?: NetworkReport
}

/** Accounts that answer as the test says, by default in favour. */
export const fakeAccounts = ({
  views = [],
  report = ok({ verdict: 'works', message: 'The key works.', packs: [] }),
  reached = ok({ account: null, host: 'loopback' }),
  network = { note: null, findings: [] },
}: FakeAccounts = {}): Accounts => ({
  list: () => Promise.resolve(views),
  subscribe: () => () => undefined,
  save: () => Promise.reject(new Error('not part of this')),
  remove: () => Promise.resolve(ok(null)),
  test: () => Promise.resolve(report),
  examineNetwork: () => Promise.resolve(network),
  refreshPrice: () => Promise.resolve(ok({ perSecond: null, asOf: '2026-11-20', source: 'a test' })),
  reach: () => Promise.resolve(reached),
  hosts: () => Promise.resolve(ok([])),
  bucketKeys: () => Promise.resolve({ accessKey: null, present: false }),
  saveBucket: () => Promise.resolve(ok(null)),
  testBucket: () => Promise.resolve(ok(null)),
})
