import { newAccount, type AccountView, type RemoteProvider } from '../../../src/shared/domain/account.ts'
import type { HostView } from '../../../src/shared/domain/delivery.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { providerAbouts } from '../../../src/shared/rules/providers.ts'
import type { Answers, FakeBridgeOptions, Memory } from './fake-answers.ts'

/** An account as the core shows it; say only what the test is about. */
export const anAccount = (
  provider: RemoteProvider,
  different: Partial<AccountView['account']> = {},
): AccountView => ({
  account: {
    ...newAccount(provider, `My ${providerAbouts[provider].name}`),
    id: `${provider}-1`,
    ...different,
  },
  key: { kind: 'key', state: 'kept', lastFour: 'a1b2' },
  fromEnvironment: false,
  variables: [`UNDERSTUDY_${provider.toUpperCase().replaceAll('-', '_')}_KEY`],
  openTakes: 0,
})

export const someHosts: readonly HostView[] = [
  {
    id: 's3',
    name: 'Your S3 bucket',
    privacy: 'The file lies in your own bucket and is deleted when the take ends.',
    missing: null,
    maxBytes: null,
  },
  {
    id: 'tunnel',
    name: 'A Cloudflare tunnel to this computer',
    privacy: 'The file is served from this computer while the take needs it.',
    missing: 'cloudflared isn’t installed on this computer. Install it and try again.',
    maxBytes: null,
  },
  {
    id: 'given',
    name: 'Your own link',
    privacy: 'Anyone with the link can download the file.',
    missing: null,
    maxBytes: null,
  },
]

type AccountCalls =
  | 'account:list'
  | 'account:save'
  | 'account:remove'
  | 'account:test'
  | 'task:find'
  | 'task:bring-home'
  | 'price:refresh'
  | 'element:list'
  | 'element:create'
  | 'element:remove'
  | 'host:list'
  | 'bucket:save'
  | 'bucket:test'
  | 'bucket:keys'
  | 'spend:list'
  | 'spend:guards'

/** What a good studio answers about accounts, from memory. */
export function accountAnswers(options: FakeBridgeOptions, memory: Memory): Pick<Answers, AccountCalls> {
  const elements = [...(options.elements ?? [])]
  let bucketKeys: { readonly accessKey: string | null; readonly present: boolean } = {
    accessKey: null,
    present: false,
  }
  return {
    'account:list': async () => ok([...memory.accounts.values()]),
    'account:save': async ({ account, keys }) => {
      const id = account.id ?? `${account.provider}-${String(memory.accounts.size + 1)}`
      const known = memory.accounts.get(id) ?? anAccount(account.provider)
      const given = keys.key ?? keys.accessKey
      const view: AccountView = {
        ...known,
        account: { ...account, id },
        key: {
          kind: keys.accessKey === undefined ? known.key.kind : 'pair',
          state: 'kept',
          lastFour: given === undefined ? known.key.lastFour : given.slice(-4),
        },
      }
      memory.accounts.set(id, view)
      return ok(view)
    },
    'account:remove': async ({ account }) => {
      memory.accounts.delete(account)
      return ok(null)
    },
    'account:test': async () => ok({ verdict: 'works', message: 'The key works.', packs: [] }),
    'task:find': async () => ok({ tasks: [], whole: true }),
    'task:bring-home': async () => ok([]),
    'price:refresh': async () => {
      const price = { perSecond: 0.2, asOf: '2026-11-21', source: 'read from the provider' }
      const key = 'oxen/kling-video-v3-pro-motion-control/pro'
      memory.settings = { ...memory.settings, prices: { ...memory.settings.prices, [key]: price } }
      return ok(price)
    },
    'element:list': async ({ from }) =>
      ok({ elements: elements.filter(({ own }) => own === (from === 'own')), more: false }),
    'element:create': async ({ name, description }) => {
      elements.push({
        id: String(elements.length + 1),
        name,
        description,
        own: true,
        pending: true,
        picture: null,
      })
      return ok(null)
    },
    'element:remove': async ({ element }) => {
      const at = elements.findIndex(({ id }) => id === element)
      if (at < 0) return fail('not-found', 'There is no such element.')
      elements.splice(at, 1)
      return ok(null)
    },
    'host:list': async () => ok(options.hosts ?? someHosts),
    'bucket:save': async ({ bucket, keys }) => {
      memory.settings = { ...memory.settings, bucket }
      if (keys.accessKey !== undefined) bucketKeys = { accessKey: keys.accessKey.slice(-4), present: true }
      return ok(null)
    },
    'bucket:test': async () => ok(null),
    'bucket:keys': async () => ok(bucketKeys),
    'spend:list': async () => ok(options.spend ?? []),
    'spend:guards': async () => ok(options.guardsPassed ?? []),
  }
}
