import type { RecentPair } from '../shared/contract.ts'
import { fail, ok, type Outcome } from '../shared/outcome.ts'

/** Which files were used together, the newest first; kept as paths on this side only. */
export type Recents = {
  readonly list: () => Promise<readonly RecentPair[]>
  readonly open: (pair: string) => Promise<Outcome<{ character: string | null; clip: string | null }>>
  readonly note: (pair: { readonly character: string | null; readonly clip: string | null }) => void
  readonly forget: () => void
}

export function createRecents(): Recents {
  return {
    list: () => Promise.resolve([]),
    open: () => Promise.resolve(fail('not-found', 'This is not built yet.')),
    note: () => undefined,
    forget: () => undefined,
  }
}
