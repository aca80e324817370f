import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail } from '../../../src/shared/outcome.ts'
import type { SpendEntry } from '../../../src/shared/domain/money.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import {
  practiceProvider,
  remoteProvider,
  type FakeBridgeOptions,
} from '../../support/window/fake-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const providers = [practiceProvider, ...(['kling', 'oxen', 'highway'] as const).map(remoteProvider)]

async function openPart(
  name: string,
  options: FakeBridgeOptions = {},
  prepare?: Parameters<typeof openWindow>[1],
) {
  const studio = openWindow({ providers, ...options }, prepare)
  await studio.user.click(await screen.findByRole('button', { name: 'Accounts' }))
  await studio.user.click(await screen.findByRole('tab', { name }))
  return studio
}

const priceOf = (name: string) => screen.findByRole('textbox', { name: `US dollars per second: ${name}` })

describe('A price', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 3, 23, 30) })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('that nobody knows is called unknown, and practice has none', async () => {
    await openPart('Prices')
    expect(await priceOf('Kling 3.0, standard, Kling')).toHaveValue('0.126')
    const unknown = await priceOf('Kling 3.0 Standard, standard, Highway')
    expect(unknown).toHaveValue('')
    expect(unknown).toHaveAttribute('placeholder', 'unknown')
    expect(screen.queryByRole('textbox', { name: /Practice/ })).toBeNull()
  })

  it('that the user enters is kept with today’s date, beside the others', async () => {
    const other = { perSecond: 0.3, asOf: '2026-01-01', source: 'entered by you' }
    const studio = await openPart('Prices', { settings: { prices: { 'oxen/x/pro': other } } })
    const field = await priceOf('Kling 3.0 Standard, standard, Highway')
    await studio.user.type(field, '0,095{Enter}')
    const entered = { perSecond: 0.095, asOf: '2026-11-03', source: 'entered by you' }
    expect(studio.askedFor('settings:change')).toEqual([
      { change: { prices: { 'oxen/x/pro': other, 'highway/kling-v3-0-std/std': entered } } },
    ])
    const row = screen.getByRole('row', { name: 'Kling 3.0 Standard, standard, Highway' })
    expect(row).toHaveTextContent('2026-11-03')
    expect(row).toHaveTextContent('entered by you')
  })

  it('goes back to the known one', async () => {
    const mine = { perSecond: 9, asOf: '2026-01-01', source: 'entered by you' }
    const studio = await openPart('Prices', { settings: { prices: { 'kling/kling-v3/pro': mine } } })
    expect(await priceOf('Kling 3.0, professional, Kling')).toHaveValue('9')
    const reset = (name: string) =>
      screen.getByRole('button', { name: `Reset to the known price: Kling 3.0, ${name}, Kling` })
    expect(reset('standard')).toBeDisabled()
    await studio.user.click(reset('professional'))
    expect(studio.askedFor('settings:change')).toEqual([{ change: { prices: {} } }])
    await waitFor(async () => {
      expect(await priceOf('Kling 3.0, professional, Kling')).toHaveValue('0.168')
    })
  })

  it('that is no number is not kept', async () => {
    const studio = await openPart('Prices')
    const field = await priceOf('Kling 3.0, standard, Kling')
    await studio.user.clear(field)
    await studio.user.type(field, 'cheap{Enter}')
    expect(field).toBeInvalid()
    expect(screen.getByRole('alert')).toHaveTextContent('Enter an amount such as 1.50')
    expect(studio.askedFor('settings:change')).toEqual([])
  })

  it('is read from Oxen with an account there, and from nobody else', async () => {
    const studio = await openPart('Prices', { accounts: [anAccount('kling'), anAccount('oxen')] })
    await studio.user.click(await screen.findByRole('button', { name: 'Get price from Oxen' }))
    expect(studio.askedFor('price:refresh')).toEqual([
      { account: 'oxen-1', model: 'kling-video-v3-pro-motion-control' },
    ])
    await waitFor(async () => {
      expect(await priceOf('Kling 3.0 Pro, professional, Oxen.ai')).toHaveValue('0.2')
    })
  })

  it('that the user entered stands until it is reset', async () => {
    const studio = await openPart('Prices', { accounts: [anAccount('oxen')] })
    await studio.user.type(await priceOf('Kling 3.0 Pro, professional, Oxen.ai'), '0.5{Enter}')
    const read = screen.getByRole('button', { name: 'Get price from Oxen' })
    await waitFor(() => {
      expect(read).toBeDisabled()
    })
    await studio.user.click(
      screen.getByRole('button', {
        name: 'Reset to the known price: Kling 3.0 Pro, professional, Oxen.ai',
      }),
    )
    await waitFor(() => {
      expect(read).toBeEnabled()
    })
  })

  it('cannot be read without an account, and says why when Oxen does not tell it', async () => {
    const studio = await openPart('Prices', { accounts: [anAccount('oxen')] }, (fake) => {
      fake.answer('price:refresh', async () =>
        fail('provider-silent', 'The provider named no price for this model.'),
      )
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Get price from Oxen' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('The provider named no price for this model.')
    studio.announce('accounts:changed', [])
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Get price from Oxen' })).toBeNull()
    })
  })
})

describe('A limit', () => {
  it('is kept as a number, and none when it is emptied', async () => {
    const studio = await openPart('Spending', { settings: { guards: { perTake: null, perDay: 20 } } })
    const perTake = await screen.findByRole('textbox', { name: 'Ask me before a take costs more than' })
    const perDay = screen.getByRole('textbox', { name: 'Ask me before a day costs more than' })
    expect(perTake).toHaveValue('')
    expect(perDay).toHaveValue('20')
    await studio.user.type(perTake, '1.5')
    await studio.user.tab()
    await waitFor(() => {
      expect(perTake).toHaveValue('1.5')
    })
    await studio.user.clear(perDay)
    await studio.user.keyboard('{Enter}')
    expect(studio.askedFor('settings:change')).toEqual([
      { change: { guards: { perTake: 1.5, perDay: 20 } } },
      { change: { guards: { perTake: 1.5, perDay: null } } },
    ])
  })
})

const anEntry = (different: Partial<SpendEntry>): SpendEntry => ({
  take: '01JD0000000000000000000001',
  attempt: 1,
  account: 'kling-1',
  provider: 'kling',
  model: 'kling-v3',
  clipName: 'dance.mp4',
  at: new Date(2026, 10, 20, 9, 5).toISOString(),
  amount: 1,
  outcome: 'done',
  cost: null,
  deducted: null,
  ...different,
})

describe('The ledger', () => {
  it('sums each day of the user, without what was refused or failed', async () => {
    const today = (minute: number) => new Date(2026, 10, 20, 0, minute).toISOString()
    await openPart('Spending', {
      accounts: [anAccount('kling', { name: 'Studio' })],
      spend: [
        anEntry({ attempt: 6, at: today(50), amount: 0.7, outcome: 'open' }),
        anEntry({ attempt: 5, at: today(40), amount: null }),
        anEntry({ attempt: 4, at: today(30), amount: 50, outcome: 'refused' }),
        anEntry({ attempt: 3, at: today(20), amount: 60, outcome: 'failed' }),
        anEntry({
          attempt: 2,
          at: today(1),
          amount: 1.3,
          cost: { units: '9', unitName: 'units' },
          deducted: 1.26,
        }),
        anEntry({ attempt: 1, at: new Date(2026, 10, 19, 23, 59).toISOString(), amount: 2, account: 'gone' }),
      ],
    })
    const day = await screen.findByRole('region', { name: '2026-11-20' })
    expect(day).toHaveTextContent('about 1.96 USD, 0.70 USD of it estimated + 1 unknown')
    expect(within(day).getAllByRole('row')).toHaveLength(6)
    const last = within(day).getAllByRole('row').at(-1)
    expect(last).toHaveTextContent('dance.mp4Kling, Studioabout 1.30 USD1.26 USD (9 units)done')
    expect(within(day).getByText('refused, nothing was made')).toBeVisible()
    expect(within(day).getByText('no final answer yet')).toBeVisible()
    const before = screen.getByRole('region', { name: '2026-11-19' })
    expect(before).toHaveTextContent('about 2.00 USD')
    expect(before).not.toHaveTextContent('unknown')
    expect(before).toHaveTextContent('Kling, a removed account')
  })

  it('says so while nothing was spent', async () => {
    await openPart('Spending')
    expect(await screen.findByText('No spending yet.')).toBeVisible()
  })
})

describe('The bucket', () => {
  const bucket = { endpoint: 'https://s3.example.com', region: 'eu-1', bucket: 'clips', prefix: 'u/' }
  const secret = 'bucket-secret-never-seen-again'

  it('is kept with its keys, of which only an ending is ever shown', async () => {
    const studio = await openPart('Clip hosts')
    const type = async (label: string, text: string) => {
      const field = screen.getByLabelText(label, { selector: 'input' })
      await studio.user.clear(field)
      await studio.user.type(field, text)
    }
    await screen.findByRole('form', { name: 'Bucket' })
    await type('Endpoint', bucket.endpoint)
    await type('Region', bucket.region)
    await type('Bucket', bucket.bucket)
    await type('Prefix (optional)', bucket.prefix)
    await type('Access key', 'AKIA0000000012YZ')
    await type('Secret key', secret)
    expect(screen.getByRole('button', { name: 'Test' })).toBeDisabled()
    await studio.user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Bucket saved.')).toBeVisible()
    expect(await screen.findByText(/ends in 12YZ/)).toBeVisible()
    expect(studio.askedFor('bucket:save')).toEqual([
      { bucket, keys: { accessKey: 'AKIA0000000012YZ', secretKey: secret } },
    ])
    expect(document.documentElement.outerHTML).not.toContain(secret)
    expect(screen.getByLabelText('Secret key')).toHaveValue('')

    await studio.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => {
      expect(studio.askedFor('bucket:save')).toHaveLength(2)
    })
    expect(studio.askedFor('bucket:save')[1]).toEqual({ bucket, keys: {} })
  })

  it('is tested, and the answer is a sentence', async () => {
    const studio = await openPart('Clip hosts', { settings: { bucket } })
    await studio.user.click(await screen.findByRole('button', { name: 'Test' }))
    expect(await screen.findByText(/^It works\. A test file was uploaded/)).toBeVisible()
    studio.answer('bucket:test', async () =>
      fail('account-rights', 'The bucket clips does not let this key write.', { advice: 'Allow PutObject.' }),
    )
    await studio.user.click(screen.getByRole('button', { name: 'Test' }))
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The bucket clips does not let this key write.Allow PutObject.',
    )
  })

  it('without a whole address is not kept', async () => {
    const studio = await openPart('Clip hosts', { settings: { bucket } })
    const field = await screen.findByLabelText('Endpoint')
    await studio.user.clear(field)
    await studio.user.type(field, 'my bucket')
    await studio.user.click(screen.getByRole('button', { name: 'Save' }))
    expect(field).toBeInvalid()
    expect(studio.askedFor('bucket:save')).toEqual([])
  })
})
