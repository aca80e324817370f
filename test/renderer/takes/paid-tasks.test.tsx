import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { AccountView } from '../../../src/shared/domain/account.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import { practiceProvider, remoteProvider } from '../../support/window/fake-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const providers = [practiceProvider, ...(['kling', 'highway'] as const).map(remoteProvider)]

async function openAccounts(account: AccountView, prepare?: Parameters<typeof openWindow>[1]) {
  const studio = openWindow({ providers, accounts: [account] }, prepare)
  await studio.user.click(await screen.findByRole('button', { name: 'Accounts' }))
  await screen.findByRole('dialog', { name: 'Accounts' })
  return studio
}

describe('Paid tasks without a file here', () => {
  it('are shown with the account, and those that did not fail are brought home', async () => {
    const studio = await openAccounts(anAccount('kling'), (fake) => {
      const cost = { units: '4.5', unitName: 'units' }
      const createdAt = '2026-11-28T10:00:00.000Z'
      fake.answer('task:find', async () =>
        ok({
          tasks: [
            { taskId: '829836802793406551', createdAt, state: 'succeeded', cost },
            { taskId: '829836802793406552', createdAt: null, state: 'running', cost: null },
            { taskId: '829836802793406553', createdAt, state: 'failed', cost: null },
          ],
          whole: false,
        }),
      )
    })
    await studio.user.click(screen.getByRole('button', { name: 'Find my paid tasks…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Paid tasks of My Kling' })
    expect(await within(dialog).findByText('829836802793406551')).toBeVisible()
    expect(within(dialog).getByText('4.5 units')).toBeVisible()
    expect(within(dialog).getByText('Older tasks were not checked.')).toBeVisible()
    await studio.user.click(within(dialog).getByRole('button', { name: 'Download 2 results' }))
    await waitFor(() => {
      expect(screen.queryByRole('dialog', { name: 'Paid tasks of My Kling' })).toBeNull()
    })
    expect(studio.askedFor('task:bring-home')).toEqual([
      { account: 'kling-1', tasks: ['829836802793406551', '829836802793406552'] },
    ])
  })

  it('are all here, or could not be asked about: both are said', async () => {
    const studio = await openAccounts(anAccount('kling'))
    await studio.user.click(screen.getByRole('button', { name: 'Find my paid tasks…' }))
    expect(await screen.findByText('Every task of this account is in your library.')).toBeVisible()
    expect(screen.queryByRole('button', { name: /Bring/ })).toBeNull()
    await studio.user.keyboard('{Escape}')
    studio.answer('task:find', async () => ok({ tasks: [], whole: false }))
    await studio.user.click(screen.getByRole('button', { name: 'Find my paid tasks…' }))
    expect(await screen.findByText('The newest tasks of this account are all in your library.')).toBeVisible()
    expect(screen.getByText('Older tasks were not checked.')).toBeVisible()
    await studio.user.keyboard('{Escape}')
    studio.answer('task:find', async () => fail('provider-silent', 'The provider did not list your tasks.'))
    await studio.user.click(screen.getByRole('button', { name: 'Find my paid tasks…' }))
    expect(await screen.findByText('The provider did not list your tasks.')).toBeVisible()
  })

  it('are not offered for a service that lists none', async () => {
    await openAccounts(anAccount('highway', { name: 'Fast' }))
    expect(await screen.findByRole('listitem', { name: 'Fast' })).toBeVisible()
    expect(screen.queryByRole('button', { name: /Find my paid/ })).toBeNull()
  })
})
