import type {
  AccountView,
  AccountDraft,
  AccountKeys,
  AccountReport,
  ElementPage,
} from '../../shared/domain/account.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { NetworkReport } from '../../shared/domain/network.ts'
import type { Price } from '../../shared/domain/settings.ts'
import type { Route, Reached } from '../takes/types.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { HostView, Bucket } from '../../shared/domain/delivery.ts'
import type { SpendEntry } from '../../shared/domain/money.ts'

/** One account by its id, or the only account of a provider, optionally at another address. */
export type Whom =
  { readonly account: string } | { readonly provider: string; readonly baseUrl: string | null }

/** What the user manages about accounts. No answer ever contains a key. */
export type Accounts = {
  readonly list: () => Promise<readonly AccountView[]>
  readonly subscribe: (listener: (accounts: readonly AccountView[]) => void) => () => void
  readonly save: (draft: AccountDraft, keys: AccountKeys) => Promise<Outcome<AccountView>>
  readonly remove: (account: string) => Promise<Outcome<null>>
  readonly test: (whom: Whom, signal?: AbortSignal) => Promise<Outcome<AccountReport>>
  /** How every address that accounts and the bucket need is reached. Without accounts, those of all services. */
  readonly examineNetwork: (signal?: AbortSignal) => Promise<NetworkReport>
  readonly refreshPrice: (whom: Whom, model: string, signal?: AbortSignal) => Promise<Outcome<Price>>
  /** Everything that would stop a take before it is paid for, and where it is really sent. */
  readonly reach: (order: Route & { readonly settings: TakeSettings }) => Promise<Outcome<Reached>>
  /** The clip hosts of an account, and whether each can be used now; null for practice. */
  readonly hosts: (account: string | null) => Promise<Outcome<readonly HostView[]>>
  readonly bucketKeys: () => Promise<{ readonly accessKey: string | null; readonly present: boolean }>
  readonly saveBucket: (bucket: Bucket, keys: BucketKeys) => Promise<Outcome<null>>
  readonly testBucket: (signal?: AbortSignal) => Promise<Outcome<null>>
}

type BucketKeys = Pick<AccountKeys, 'accessKey' | 'secretKey'>

/** The element libraries of accounts. Images are media URLs. */
export type Elements = {
  readonly list: (asked: ElementAsked, from: 'own' | 'presets', page: number) => Promise<Outcome<ElementPage>>
  readonly create: (
    asked: ElementAsked,
    element: {
      readonly name: string
      readonly description: string
      /** Paths. The first one shows the front. */
      readonly pictures: readonly string[]
    },
  ) => Promise<Outcome<null>>
  readonly remove: (asked: ElementAsked, element: string) => Promise<Outcome<null>>
}

type ElementAsked = { readonly account: string; readonly signal?: AbortSignal | undefined }

/** The ledger. */
export type Spending = {
  readonly list: () => readonly SpendEntry[]
  /** The user’s limits that an amount would exceed now, as sentences. */
  readonly guards: (amount: number | null) => readonly string[]
}
