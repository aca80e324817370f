import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import {
  practiceProvider,
  remoteProvider,
  type FakeBridgeOptions,
} from '../../support/window/fake-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const providers = [
  practiceProvider,
  ...(['kling', 'kling-gateway', 'oxen', 'modelslab', 'highway'] as const).map(remoteProvider),
]

async function openAccounts(options: FakeBridgeOptions = {}, prepare?: Parameters<typeof openWindow>[1]) {
  const studio = openWindow({ providers, ...options }, prepare)
  await studio.user.click(await screen.findByRole('button', { name: 'Accounts' }))
  await screen.findByRole('dialog', { name: 'Accounts' })
  return studio
}

// One of the choices for Kling has the same name.
const keyField = (form: HTMLElement) => within(form).getByLabelText('API key', { selector: 'input' })

const rowOf = (name: string) => screen.findByRole('listitem', { name })

async function openForm(studio: ReturnType<typeof openWindow>, provider: string) {
  await studio.user.click(await screen.findByRole('button', { name: `Add an account for ${provider}` }))
  return screen.findByRole('dialog', { name: `Add an account for ${provider}` })
}

describe('The accounts page', () => {
  it('opens with its keys, and the list of shortcuts names them', async () => {
    const { user } = openWindow({ providers })
    await screen.findByRole('button', { name: 'Accounts' })
    await user.keyboard('{Control>}k{/Control}')
    expect(await screen.findByRole('dialog', { name: 'Accounts' })).toBeVisible()
    await user.keyboard('{Escape}')
    await user.keyboard('?')
    expect(
      within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).getByText(
        'Accounts, clip hosts, prices and spending',
      ),
    ).toBeVisible()
  })

  it('walks through its parts with the arrow keys', async () => {
    const { user } = await openAccounts()
    expect(screen.getByRole('tab', { name: 'Accounts' })).toHaveFocus()
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
    expect(await screen.findByRole('tab', { name: 'Spending' })).toHaveAttribute('aria-selected', 'true')
    expect(screen.getByRole('region', { name: 'Limits' })).toBeVisible()
  })

  it('asks for an account of one provider at once when it is opened for that', async () => {
    openWindow({ providers })
    await screen.findByRole('button', { name: 'Accounts' })
    act(() => {
      useApp.getState().openAccounts('accounts', 'oxen')
    })
    expect(await screen.findByRole('dialog', { name: 'Add an account for Oxen.ai' })).toBeVisible()
  })

  it('shows several accounts of one provider, each with where its key is', async () => {
    const studio = anAccount('kling', { id: 'kling-1', name: 'Studio' })
    const own = anAccount('kling', { id: 'kling-2', name: 'Own', baseUrl: 'https://api-beijing.klingai.com' })
    await openAccounts({
      accounts: [
        studio,
        { ...own, key: { kind: 'pair', state: 'needed-again', lastFour: null } },
        {
          ...anAccount('oxen', { name: 'Oxen' }),
          key: { kind: 'key', state: 'this-session', lastFour: 'wxyz' },
        },
      ],
    })
    const list = await screen.findByRole('list', { name: 'Accounts for Kling' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(2)
    expect(await rowOf('Studio')).toHaveTextContent('documented address')
    expect(await rowOf('Studio')).toHaveTextContent('Key stored in the system’s key store, ends in a1b2')
    expect(await rowOf('Own')).toHaveTextContent('Inside mainland China (api-beijing.klingai.com)')
    expect(await rowOf('Own')).toHaveTextContent('needed again')
    expect(await rowOf('Oxen')).toHaveTextContent(
      'only until you close Understudy: no key store here, ends in wxyz',
    )
  })
})

describe('A key', () => {
  const secret = 'sk-never-to-be-seen-again-9876'

  it('that was typed leaves in the one call that keeps it, and is nowhere afterwards', async () => {
    const studio = await openAccounts()
    const form = await openForm(studio, 'Kling')
    const field = keyField(form)
    expect(field).toHaveAttribute('type', 'password')
    expect(field).toHaveAttribute('autocomplete', 'off')
    await studio.user.type(field, secret)
    await studio.user.click(within(form).getByRole('button', { name: 'Add account' }))
    expect(await rowOf('Kling')).toHaveTextContent('ends in 9876')

    expect(studio.askedFor('account:save').map(({ keys }) => keys)).toEqual([{ key: secret }])
    const elsewhere = studio.asked.filter(({ name }) => name !== 'account:save')
    expect(JSON.stringify(elsewhere)).not.toContain(secret)
    expect(JSON.stringify(useApp.getState())).not.toContain(secret)
    expect(JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])).not.toContain(
      secret,
    )
    expect(document.documentElement.outerHTML).not.toContain(secret)
    const typed = [...document.querySelectorAll('input')].map(({ value }) => value)
    expect(typed.join(' ')).not.toContain(secret)

    await studio.user.click(within(await rowOf('Kling')).getByRole('button', { name: 'Edit' }))
    expect(keyField(await screen.findByRole('dialog', { name: 'Edit Kling' }))).toHaveValue('')
  })

  it('that is left empty stays as it is while the rest is changed', async () => {
    const studio = await openAccounts({ accounts: [anAccount('highway', { name: 'Old name' })] })
    await studio.user.click(within(await rowOf('Old name')).getByRole('button', { name: 'Edit' }))
    const form = await screen.findByRole('dialog', { name: 'Edit Old name' })
    await studio.user.clear(within(form).getByLabelText('Name'))
    await studio.user.type(within(form).getByLabelText('Name'), 'New name')
    await studio.user.selectOptions(within(form).getByLabelText('Address'), 'https://api.jiekou.ai')
    await studio.user.clear(within(form).getByLabelText('Takes in parallel'))
    await studio.user.type(within(form).getByLabelText('Takes in parallel'), '12')
    await studio.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await rowOf('New name')).toHaveTextContent('JieKou (api.jiekou.ai) · 12 takes at once')
    expect(studio.askedFor('account:save')).toMatchObject([
      {
        account: { id: 'highway-1', name: 'New name', baseUrl: 'https://api.jiekou.ai', parallel: 12 },
        keys: {},
      },
    ])
  })

  it('can be a pair for the classic Kling API only', async () => {
    const studio = await openAccounts()
    const form = await openForm(studio, 'Kling')
    await studio.user.click(within(form).getByRole('radio', { name: 'Access key + secret key' }))
    await studio.user.type(within(form).getByLabelText('Access key'), 'access-1')
    await studio.user.type(within(form).getByLabelText('Secret key'), 'secret-1')
    await studio.user.click(within(form).getByRole('radio', { name: 'Newer API' }))
    expect(within(form).queryByLabelText('Secret key')).toBeNull()
    expect(keyField(form)).toBeVisible()
    await studio.user.click(within(form).getByRole('radio', { name: 'Classic API' }))
    await studio.user.click(within(form).getByRole('button', { name: 'Add account' }))
    await rowOf('Kling')
    expect(studio.askedFor('account:save')).toMatchObject([
      { account: { generation: '1', baseUrl: null }, keys: { accessKey: 'access-1', secretKey: 'secret-1' } },
    ])
  })

  it('with a space in it was copied wrongly and is not sent', async () => {
    const studio = await openAccounts()
    const form = await openForm(studio, 'ModelsLab')
    await studio.user.type(keyField(form), 'two words')
    await studio.user.click(within(form).getByRole('button', { name: 'Add account' }))
    expect(keyField(form)).toBeInvalid()
    expect(within(form).getByRole('alert')).toHaveTextContent('A key has no spaces')
    expect(studio.askedFor('account:save')).toEqual([])
  })
})

describe('The form of an account', () => {
  it('shows in itself why the studio does not keep it, and keeps what was typed', async () => {
    const studio = await openAccounts({}, (fake) => {
      fake.answer('account:save', async () =>
        fail('account-key', 'A new account needs its key.', { advice: 'Enter the key.' }),
      )
    })
    const form = await openForm(studio, 'Highway')
    await studio.user.type(within(form).getByLabelText('Name'), ' for tests')
    await studio.user.click(within(form).getByRole('button', { name: 'Add account' }))
    expect(await within(form).findByRole('alert')).toHaveTextContent(
      'A new account needs its key.Enter the key.',
    )
    expect(within(form).getByLabelText('Name')).toHaveValue('Highway for tests')
  })

  it('takes an address of the user’s own, and the path of a gateway', async () => {
    const studio = await openAccounts()
    const form = await openForm(studio, 'Kling gateway')
    await studio.user.selectOptions(within(form).getByLabelText('Address'), 'Another address')
    await studio.user.type(within(form).getByLabelText('Poll path (optional)'), '/v1/video/generations')
    await studio.user.type(keyField(form), 'key-12345')
    await studio.user.click(within(form).getByRole('button', { name: 'Add account' }))
    const alerts = within(form).getAllByRole('alert')
    expect(alerts.map(({ textContent }) => textContent)).toEqual([
      'Enter a full address, such as https://api.example.com.',
      'Enter a path that starts with / and contains {id}.',
    ])
    expect(studio.askedFor('account:save')).toEqual([])

    await studio.user.type(within(form).getByLabelText('Other address'), 'https://gateway.example/')
    await studio.user.type(within(form).getByLabelText('Poll path (optional)'), '/{{id}')
    await studio.user.click(within(form).getByRole('button', { name: 'Add account' }))
    await rowOf('Kling gateway')
    expect(studio.askedFor('account:save')).toMatchObject([
      { account: { baseUrl: 'https://gateway.example', pollPath: '/v1/video/generations/{id}' } },
    ])
  })

  it('warns before files go to a repository that may be public', async () => {
    const studio = await openAccounts()
    const form = await openForm(studio, 'Oxen.ai')
    expect(within(form).queryByText(/public repository/)).toBeNull()
    await studio.user.type(within(form).getByLabelText('Repository for clips (optional)'), 'me/clips')
    expect(within(form).getByRole('status')).toHaveTextContent(
      'A public repository shows its files to everyone.',
    )
  })
})

describe('An account', () => {
  it('is tested for free, and shows what is left of its packs', async () => {
    const message = 'The key works. <b>Two packs</b>'
    const studio = await openAccounts({ accounts: [anAccount('kling')] }, (fake) => {
      fake.answer('account:test', async () =>
        ok({
          verdict: 'works',
          message,
          packs: [
            {
              name: 'Trial',
              total: 100,
              remaining: 12.5,
              expires: '2026-12-24T12:00:00.000Z',
              status: 'online',
            },
            { name: 'Large', total: null, remaining: null, expires: null, status: 'toBeOnline' },
          ],
        }),
      )
    })
    const row = await rowOf('My Kling')
    await studio.user.click(within(row).getByRole('button', { name: 'Test' }))
    expect(await within(row).findByText(message)).toBeVisible()
    expect(within(row).getByText('Works')).toBeVisible()
    expect(within(row).getByText('Free check')).toBeVisible()
    const [, trial, large] = within(within(row).getByRole('table')).getAllByRole('row')
    expect(trial).toHaveTextContent('Trial12.5 of 100')
    expect(trial).toHaveTextContent('online')
    expect(large).toHaveTextContent('Largeunknown of unknownnot stated')
    expect(studio.askedFor('account:test')).toEqual([{ account: 'kling-1' }])
  })

  it('is removed only after a question', async () => {
    const studio = await openAccounts({ accounts: [anAccount('oxen', { name: 'Spare' })] })
    await studio.user.click(within(await rowOf('Spare')).getByRole('button', { name: 'Remove…' }))
    expect(await screen.findByRole('alertdialog', { name: 'Remove Spare?' })).toBeVisible()
    expect(studio.askedFor('account:remove')).toEqual([])
    await studio.user.click(screen.getByRole('button', { name: 'Remove' }))
    await waitFor(() => {
      expect(screen.queryByRole('listitem', { name: 'Spare' })).toBeNull()
    })
    expect(studio.askedFor('account:remove')).toEqual([{ account: 'oxen-1' }])
  })

  it('that cannot be removed says why, where it stands', async () => {
    const studio = await openAccounts({ accounts: [anAccount('oxen', { name: 'Busy' })] }, (fake) => {
      fake.answer('account:remove', async () =>
        fail('usage', 'One take of Busy is not at rest yet.', { advice: 'Wait for it or give it up.' }),
      )
    })
    const row = await rowOf('Busy')
    await studio.user.click(within(row).getByRole('button', { name: 'Remove…' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Remove' }))
    expect(await within(row).findByRole('alert')).toHaveTextContent(
      'One take of Busy is not at rest yet.Wait for it or give it up.',
    )
  })

  it('of the environment can be adjusted, but neither removed nor given a key', async () => {
    const studio = await openAccounts({
      accounts: [
        {
          ...anAccount('oxen', { id: 'env-oxen', name: 'From outside' }),
          key: { kind: 'key', state: 'environment', lastFour: 'zzzz' },
          fromEnvironment: true,
        },
      ],
    })
    const row = await rowOf('From outside')
    expect(row).toHaveTextContent('Key from the environment: UNDERSTUDY_OXEN_KEY, ends in zzzz')
    expect(row).toHaveTextContent('You can’t remove it here. Unset UNDERSTUDY_OXEN_KEY instead.')
    expect(within(row).queryByRole('button', { name: /Remove/ })).toBeNull()
    await studio.user.click(within(row).getByRole('button', { name: 'Edit' }))
    const form = await screen.findByRole('dialog', { name: 'Edit From outside' })
    expect(within(form).queryByLabelText('API key')).toBeNull()
    expect(form).toHaveTextContent('The key comes from the environment (UNDERSTUDY_OXEN_KEY)')
  })
})
