import type { SpendEntry } from '../../shared/domain/money.ts'
import type { Take } from '../../shared/domain/take.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

export type SpendSlice = {
  /** What was paid or may have been, the newest first. */
  readonly spend: readonly SpendEntry[]
  readonly readSpend: () => Promise<void>
}

/** Whether a take has come to something that the ledger counts differently. */
export const changesSpend = (before: Take | undefined, after: Take): boolean =>
  after.estimate.amount !== 0 &&
  (before?.attempt !== after.attempt ||
    before.sentAt !== after.sentAt ||
    before.cost?.units !== after.cost?.units ||
    (before.state !== after.state && !after.state.startsWith('PREPAR')))

export const createSpendSlice: Slice<SpendSlice> = (set) => ({
  spend: [],
  readSpend: async () => {
    const answer = await desktop().ask['spend:list']({})
    // It is only looked at here; the page about spending says what is wrong.
    if (answer.ok) set({ spend: answer.value })
  },
})
