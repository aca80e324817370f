import {
  accountDraft,
  accountKeys,
  type Account,
  type AccountDraft,
  type AccountKeys,
} from '../../../shared/account.ts'
import type { ProviderView } from '../../../shared/contract.ts'

/** The form as it is being filled in: text where a person types, whole choices elsewhere. Keys are never in here. */
export type AccountFields = {
  readonly name: string
  /** One of the provider's addresses, or `own`. */
  readonly place: string
  readonly ownAddress: string
  readonly parallel: string
  readonly generation: Account['generation']
  readonly pollPath: string
  readonly repository: string
}

export const ownPlace = 'own'

export function fieldsOf(draft: AccountDraft, { addresses }: ProviderView): AccountFields {
  const { name, baseUrl, parallel, generation, pollPath, repository } = draft
  const place = baseUrl ?? addresses[0]?.url ?? ownPlace
  const isPreset = addresses.some(({ url }) => url === place)
  return {
    name,
    place: isPreset ? place : ownPlace,
    ownAddress: isPreset ? '' : (baseUrl ?? ''),
    parallel: String(parallel),
    generation,
    pollPath: pollPath ?? '',
    repository: repository ?? '',
  }
}

export type FieldErrors = Partial<Readonly<Record<keyof AccountFields | 'keys', string>>>

/** `https:` anywhere, `http:` on this computer only. */
function addressOf(text: string): string | null {
  const url = URL.parse(text.trim())
  if (!url) return null
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const fits = url.protocol === 'https:' || (url.protocol === 'http:' && local)
  return fits && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? url.origin
    : null
}

const wholeNumber = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : 0)

/** What the fields say, as the contract wants it, or what is wrong with which field. */
export function readFields(
  base: AccountDraft,
  fields: AccountFields,
  { addresses }: ProviderView,
): { readonly draft: AccountDraft } | { readonly errors: FieldErrors } {
  const own = fields.place === ownPlace ? addressOf(fields.ownAddress) : fields.place
  const candidate = {
    ...base,
    name: fields.name.trim(),
    baseUrl: own === addresses[0]?.url ? null : own,
    parallel: wholeNumber(fields.parallel),
    generation: fields.generation,
    pollPath: fields.pollPath.trim() === '' ? null : fields.pollPath.trim(),
    repository: fields.repository.trim() === '' ? null : fields.repository.trim(),
  }
  const parsed = accountDraft.safeParse(candidate)
  const broken = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]))
  const errors: FieldErrors = {
    ...(broken.has('name') && { name: 'Give it a name of up to 60 characters.' }),
    ...((own === null || broken.has('baseUrl')) && {
      ownAddress: 'Enter an address like https://api.example.com, with nothing behind it.',
    }),
    ...(broken.has('parallel') && { parallel: 'Enter a number from 1 to 100.' }),
    ...(broken.has('pollPath') && {
      pollPath: 'Enter a path that begins with / and holds {id} where the task id goes.',
    }),
    ...(broken.has('repository') && { repository: 'Enter it as namespace/repository.' }),
  }
  return parsed.success && own !== null ? { draft: parsed.data } : { errors }
}

const keyNames = ['key', 'accessKey', 'secretKey'] as const

/** The keys that were typed, read straight from the form so that they are never kept in a state. */
export function readKeys(
  form: HTMLFormElement,
): { readonly keys: AccountKeys } | { readonly error: string } {
  const typed = new FormData(form)
  const given = keyNames.flatMap((name) => {
    const value = typed.get(name)
    return typeof value === 'string' && value.trim() !== '' ? [[name, value] as const] : []
  })
  const parsed = accountKeys.safeParse(Object.fromEntries(given))
  if (!parsed.success) return { error: 'A key has no spaces or line breaks. Copy it again.' }
  const { accessKey, secretKey } = parsed.data
  if ((accessKey === undefined) !== (secretKey === undefined))
    return { error: 'An access key and its secret key belong together. Enter both.' }
  return { keys: parsed.data }
}
