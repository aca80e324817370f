import {
  accountDraft,
  accountKeys,
  newAccount,
  type AccountDraft,
  type AccountKeys,
  type AccountView,
  type RemoteProvider,
} from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { text } from './text.ts'

/** The content of the form. Typed keys live here and nowhere else in the window. */
export type AccountFields = {
  readonly name: string
  /** A known address, or `other` for the one that was typed. */
  readonly address: string
  readonly otherAddress: string
  readonly keyKind: 'key' | 'pair'
  readonly key: string
  readonly accessKey: string
  readonly secretKey: string
  readonly generation: '1' | '2'
  readonly pollPath: string
  readonly repository: string
  readonly parallel: string
}

export type FieldProblems = Partial<Readonly<Record<keyof AccountFields, string>>>

export const otherAddress = 'other'

/** The addresses to choose from; the first one is the documented default. */
export const addressOptions = (addresses: ProviderView['addresses']) => [
  ...addresses.map(({ name, url }) => ({ value: url, label: `${name}: ${url}` })),
  { value: otherAddress, label: 'Another address' },
]

export function fieldsOf(view: AccountView | null, provider: ProviderView, taken: number): AccountFields {
  const fresh = taken === 0 ? provider.name : `${provider.name} ${String(taken + 1)}`
  // Remote providers are the only ones that have accounts.
  const start = view?.account ?? newAccount(provider.id as RemoteProvider, fresh)
  const address = start.baseUrl ?? provider.addresses[0]?.url ?? otherAddress
  const known = provider.addresses.some(({ url }) => url === address)
  return {
    name: start.name,
    address: known ? address : otherAddress,
    otherAddress: known ? '' : (start.baseUrl ?? ''),
    keyKind: view?.key.kind ?? 'key',
    key: '',
    accessKey: '',
    secretKey: '',
    generation: start.generation,
    pollPath: start.pollPath ?? '',
    repository: start.repository ?? '',
    parallel: String(start.parallel),
  }
}

const given = (text: string) => (text.trim() === '' ? null : text.trim())

/** Null for the documented address, so that the account follows it should it ever change. */
function baseUrlOf(fields: AccountFields, { addresses }: ProviderView): string | null {
  if (fields.address === otherAddress) return given(fields.otherAddress)?.replace(/\/+$/, '') ?? null
  return fields.address === addresses[0]?.url ? null : fields.address
}

/** The newer Kling API takes a single key only. */
export const keyKindOf = ({ generation, keyKind }: AccountFields) => (generation === '2' ? 'key' : keyKind)

export function draftOf(
  fields: AccountFields,
  view: AccountView | null,
  provider: ProviderView,
): AccountDraft {
  return {
    id: view?.account.id ?? null,
    provider: provider.id as RemoteProvider,
    name: fields.name.trim(),
    baseUrl: baseUrlOf(fields, provider),
    parallel: Number(fields.parallel),
    generation: fields.generation,
    pollPath: given(fields.pollPath),
    repository: given(fields.repository),
  }
}

/** The keys that were typed; what was left empty stays as it is. */
export function keysOf(fields: AccountFields): AccountKeys {
  const [key, accessKey, secretKey] = [fields.key, fields.accessKey, fields.secretKey].map(given)
  if (keyKindOf(fields) === 'key') return key ? { key } : {}
  return { ...(accessKey && { accessKey }), ...(secretKey && { secretKey }) }
}

const notAKey = text.notAKey

const sentences: FieldProblems = {
  name: text.nameWrong,
  otherAddress: text.addressWrong,
  parallel: text.parallelWrong,
  pollPath: text.pollPathWrong,
  repository: text.repositoryWrong,
  key: notAKey,
  accessKey: notAKey,
  secretKey: notAKey,
}

/** What is wrong before anything is sent, field by field. */
export function problemsOf(
  fields: AccountFields,
  view: AccountView | null,
  provider: ProviderView,
): FieldProblems {
  const keys = keysOf(fields)
  const checked = [accountDraft.safeParse(draftOf(fields, view, provider)), accountKeys.safeParse(keys)]
  const wrong = checked.flatMap(({ error }) => error?.issues.map(({ path }) => String(path[0])) ?? [])
  if (fields.address === otherAddress && given(fields.otherAddress) === null) wrong.push('baseUrl')
  const names = new Set(wrong.map((name) => (name === 'baseUrl' ? 'otherAddress' : name)))
  const found = Object.fromEntries(Object.entries(sentences).filter(([name]) => names.has(name)))
  const needsKey = view?.key.kind === 'pair' && fields.generation === '2' && keys.key === undefined
  return needsKey ? { ...found, key: text.newerApiNeedsOwnKey } : found
}
