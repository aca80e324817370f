import { describe, expect, it } from 'vitest'
import { newAccount, type AccountDraft, type RemoteProvider } from '../../../src/shared/domain/account.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { someSettings } from '../../support/clips/facts.ts'
import { someAccounts } from '../../support/library/some-accounts.ts'

const canary = 'canary-key-0123456789-tail'

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}
const draft = (provider: RemoteProvider, different: Partial<AccountDraft> = {}): AccountDraft => ({
  ...newAccount(provider, `My ${provider}`),
  ...different,
})
const order = (provider: string, account: string | null = null) => ({
  settings: someSettings({ provider, account }),
  baseUrl: null,
  host: null,
  clipUrl: null,
  characterUrl: null,
})

describe('an account of the user', () => {
  it('is kept in the settings without its key, of which only the last four are ever shown', async () => {
    const { accounts, settings } = someAccounts()
    const saved = valueOf(await accounts.save(draft('kling'), { key: canary }))
    expect(saved).toMatchObject({
      account: { id: 'kling-0001', provider: 'kling', name: 'My kling', parallel: 5 },
      key: { kind: 'key', state: 'this-session', lastFour: 'tail' },
      fromEnvironment: false,
    })
    expect(JSON.stringify([settings(), await accounts.list()])).not.toContain(canary)
  })

  it('keeps its key when only its name is changed, and takes a new one in its place', async () => {
    const { accounts, secrets } = someAccounts()
    const { account } = valueOf(await accounts.save(draft('oxen'), { key: canary }))
    valueOf(await accounts.save({ ...account, name: 'Other' }, {}))
    expect(await secrets.read(`account.${account.id}.key`)).toBe(canary)
    valueOf(await accounts.save({ ...account, name: 'Other' }, { key: 'another-key-0000' }))
    expect(await secrets.read(`account.${account.id}.key`)).toBe('another-key-0000')
    expect(await accounts.list()).toHaveLength(1)
  })

  it('forgets an API key when a pair takes its place, so that never both are there', async () => {
    const { accounts, secrets } = someAccounts()
    const { account } = valueOf(await accounts.save(draft('kling'), { key: canary }))
    valueOf(await accounts.save(account, { accessKey: 'access-key-12345', secretKey: 'secret-key-12345' }))
    expect(await secrets.read(`account.${account.id}.key`)).toBeNull()
    expect((await accounts.list())[0]?.key).toMatchObject({ kind: 'pair', lastFour: '2345' })
  })

  it('is removed together with its keys', async () => {
    const { accounts, secrets, settings } = someAccounts()
    const { account } = valueOf(await accounts.save(draft('modelslab'), { key: canary }))
    valueOf(await accounts.remove(account.id))
    expect(await secrets.read(`account.${account.id}.key`)).toBeNull()
    expect(settings().accounts).toEqual([])
  })

  it('is neither removed nor moved to another address while its takes are open', async () => {
    const { accounts } = someAccounts({}, { openTakesOf: () => 2 })
    const { account } = valueOf(await accounts.save(draft('kling'), { key: canary }))
    expect(await accounts.remove(account.id)).toMatchObject({
      ok: false,
      problem: { message: '2 takes of My kling aren’t finished yet.' },
    })
    const moved = { ...account, baseUrl: 'https://elsewhere.example' }
    expect(await accounts.save(moved, {})).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect((await accounts.save({ ...account, parallel: 7 }, {})).ok).toBe(true)
  })

  it.each([
    ['an address that is not https', draft('kling', { baseUrl: 'http://example.com' }), { key: canary }],
    ['an address with a path', draft('kling', { baseUrl: 'https://example.com/v1' }), { key: canary }],
    ['a private address', draft('kling', { baseUrl: 'https://10.0.0.1' }), { key: canary }],
    ['no key at all', draft('oxen'), {}],
    ['half a pair', draft('kling'), { accessKey: 'access-key-12345' }],
    ['a pair for a service that knows none', draft('oxen'), { accessKey: 'a', secretKey: 'b' }],
    ['a pair for the newer API', draft('kling', { generation: '2' }), { accessKey: 'a', secretKey: 'b' }],
  ])('is refused with a sentence: %s', async (_what, wrong, keys) => {
    const { accounts, settings } = someAccounts()
    const refused = await accounts.save(wrong, keys)
    expect(refused.ok).toBe(false)
    if (!refused.ok) expect(refused.problem.message).toMatch(/\.$/)
    expect(settings().accounts).toEqual([])
  })
})

describe('an account of the environment', () => {
  it('is there as soon as its variable is, and can be adjusted but not removed', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_HIGHWAY_KEY: canary })
    const [view] = await accounts.list()
    expect(view).toMatchObject({
      account: { id: 'env-highway', provider: 'highway' },
      key: { state: 'environment', lastFour: 'tail' },
      fromEnvironment: true,
      variables: ['UNDERSTUDY_HIGHWAY_KEY'],
    })
    if (!view) throw new Error('there is one')
    valueOf(await accounts.save({ ...view.account, parallel: 12 }, {}))
    expect(accounts.widthOf(order('highway', 'env-highway'))).toBe(12)
    expect(await accounts.remove('env-highway')).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(await accounts.save(view.account, { key: 'x' })).toMatchObject({ ok: false })
  })

  it('needs both halves of a pair', async () => {
    expect(await someAccounts({ UNDERSTUDY_KLING_ACCESS_KEY: 'a' }).accounts.list()).toEqual([])
    const both = { UNDERSTUDY_KLING_ACCESS_KEY: 'a', UNDERSTUDY_KLING_SECRET_KEY: 'b' }
    expect((await someAccounts(both).accounts.list())[0]?.key.kind).toBe('pair')
  })
})

describe('a take goes to', () => {
  it('the account it names, and without a name to the one of the environment', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_KLING_KEY: canary })
    const stored = valueOf(
      await accounts.save(draft('kling', { baseUrl: 'http://127.0.0.1:9' }), { key: 'another-key-0000' }),
    )
    const named = valueOf(await accounts.reach({ ...order('kling', stored.account.id) }))
    expect(named).toEqual({ account: stored.account.id, host: 'loopback' })
    const unnamed = await accounts.reach({ ...order('kling'), baseUrl: 'http://127.0.0.1:9' })
    expect(valueOf(unnamed).account).toBe('env-kling')
  })

  it('nobody where there is no key, and says what to do', async () => {
    const refused = await someAccounts().accounts.reach(order('modelslab'))
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'account-key', message: 'There is no key for ModelsLab.' },
    })
    if (!refused.ok) expect(refused.problem.advice).toContain('UNDERSTUDY_MODELSLAB_KEY')
  })

  it('nobody where the key was copied with something beside it', async () => {
    const refused = await someAccounts({ UNDERSTUDY_OXEN_KEY: 'two words' }).accounts.reach(order('oxen'))
    expect(refused).toMatchObject({ ok: false, problem: { code: 'account-key' } })
  })

  it('nobody with an element that the newer Kling API does not document for this model', async () => {
    const { accounts } = someAccounts()
    const { account } = valueOf(
      await accounts.save(draft('kling', { generation: '2', baseUrl: 'http://127.0.0.1:9' }), {
        key: canary,
      }),
    )
    const wish = {
      ...order('kling', account.id),
      settings: someSettings({
        provider: 'kling',
        model: 'kling-v2-6',
        account: account.id,
        elements: ['7'],
      }),
    }
    expect(await accounts.reach(wish)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    const fine = { ...wish, settings: { ...wish.settings, model: 'kling-v3' } }
    expect((await accounts.reach(fine)).ok).toBe(true)
  })

  it('nobody where the account is gone', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_KLING_KEY: canary })
    const refused = await accounts.reach(order('kling', 'kling-gone'))
    expect(refused).toMatchObject({ ok: false, problem: { code: 'account-key' } })
  })
})

describe('the files of a take', () => {
  it('need a clip host as soon as the provider is on another machine', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_KLING_KEY: canary })
    expect(await accounts.reach(order('kling'))).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(await accounts.reach({ ...order('kling'), host: 'loopback' })).toMatchObject({ ok: false })
  })

  it('go to the bucket of the environment when there is one', async () => {
    const { accounts } = someAccounts({
      UNDERSTUDY_KLING_KEY: canary,
      UNDERSTUDY_S3_ENDPOINT: 'https://s3.example',
      UNDERSTUDY_S3_BUCKET: 'clips',
      UNDERSTUDY_S3_ACCESS_KEY: 'access',
      UNDERSTUDY_S3_SECRET_KEY: 'secret',
    })
    expect(valueOf(await accounts.reach(order('kling'))).host).toBe('s3')
  })

  it('may lie at an address of the user’s own, which has to be public', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_KLING_KEY: canary })
    const at = (clipUrl: string) => accounts.reach({ ...order('kling'), host: 'given', clipUrl })
    expect(valueOf(await at('https://example.com/clip.mp4')).host).toBe('given')
    for (const url of ['http://example.com/c', 'https://192.168.1.2/c', 'https://localhost/c'])
      expect((await at(url)).ok).toBe(false)
  })

  it('include the character where the model fetches both', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_OXEN_KEY: canary })
    const given = { ...order('oxen'), host: 'given', clipUrl: 'https://example.com/c' } as const
    const settings = someSettings({ provider: 'oxen', model: 'kling-video-v3-pro-motion-control' })
    expect((await accounts.reach({ ...given, settings })).ok).toBe(false)
    const both = { ...given, settings, characterUrl: 'https://example.com/i' }
    expect((await accounts.reach(both)).ok).toBe(true)
  })

  it('are never offered a host that cannot be used without the reason', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_OXEN_KEY: canary })
    const hosts = valueOf(await accounts.hosts('env-oxen'))
    expect(hosts.map(({ id }) => id)).toEqual(['s3', 'tunnel', 'provider', 'given'])
    const missing = hosts.filter(({ id }) => id !== 'given').map((host) => host.missing)
    for (const reason of missing) expect(reason).toMatch(/\.$/)
    for (const { privacy } of hosts) expect(privacy.length).toBeGreaterThan(20)
    expect(hosts.find(({ id }) => id === 'given')?.missing).toBeNull()
  })
})

describe('a key that is kept', () => {
  it('does not follow an account to another address until it is entered once more', async () => {
    const { accounts } = someAccounts()
    const { account } = valueOf(await accounts.save(draft('kling'), { key: canary }))
    const moved = { ...account, baseUrl: 'https://elsewhere.example' }
    expect(await accounts.save(moved, {})).toMatchObject({ ok: false, problem: { code: 'account-key' } })
    expect((await accounts.save(moved, { key: canary })).ok).toBe(true)
    expect((await accounts.save({ ...moved, baseUrl: null }, {})).ok).toBe(true)
  })

  it('from the environment goes nowhere but to the documented address', async () => {
    const { accounts } = someAccounts({ UNDERSTUDY_KLING_KEY: canary })
    const [view] = await accounts.list()
    if (!view) throw new Error('there is one')
    const moved = { ...view.account, baseUrl: 'https://elsewhere.example' }
    expect(await accounts.save(moved, {})).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })

  it('for a bucket does not follow it to another endpoint', async () => {
    const { accounts } = someAccounts()
    const bucket = { endpoint: 'https://s3.example', region: 'auto', bucket: 'clips', prefix: '' }
    const keys = { accessKey: 'access-key-12345', secretKey: 'secret-key-12345' }
    valueOf(await accounts.saveBucket(bucket, keys))
    expect((await accounts.saveBucket({ ...bucket, prefix: 'a/' }, {})).ok).toBe(true)
    const moved = { ...bucket, endpoint: 'https://elsewhere.example' }
    expect(await accounts.saveBucket(moved, {})).toMatchObject({
      ok: false,
      problem: { code: 'account-key' },
    })
  })
})

describe('practice', () => {
  it.each([
    ['an address', { baseUrl: 'https://example.com' }],
    ['a clip host', { host: 's3' as const }],
    ['a clip on the web', { host: 'given' as const, clipUrl: 'https://example.com/c' }],
  ])('refuses %s in place of dropping it without a word', async (_what, wish) => {
    const refused = await someAccounts().accounts.reach({ ...order('practice'), ...wish })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })
})
