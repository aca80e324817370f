import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import { unfold } from '../../support/window/open-window.tsx'
import {
  allProviders,
  generateButton,
  lastTime,
  reason,
  waitUntilReady,
  windowWithSample,
} from '../../support/window/paid-window.tsx'

const select = (name: string) => screen.getByRole('combobox', { name })
const optionsOf = (name: string) =>
  within(select(name))
    .getAllByRole('option')
    .map(({ textContent }) => textContent)

describe('The choice of a provider', () => {
  it('offers all six, says what is free and who has no account yet', async () => {
    await windowWithSample({ accounts: [anAccount('kling')] })
    await waitFor(() => {
      expect(optionsOf('Provider')).toEqual([
        'Practice (free, on this computer)',
        'Kling',
        'Kling gateway (no account yet)',
        'Oxen.ai (no account yet)',
        'ModelsLab (no account yet)',
        'Highway (no account yet)',
      ])
    })
  })

  it('needs nothing for practice: no account, no clip host, no price, and says what practice is', async () => {
    const studio = await windowWithSample({ accounts: [anAccount('oxen')] })
    await waitUntilReady()
    unfold('provider')
    expect(screen.getByText('Practice: a stand-in for the real model.')).toBeVisible()
    expect(screen.queryByRole('combobox', { name: 'Account' })).toBeNull()
    expect(screen.queryByRole('group', { name: /How .+ gets your files/ })).toBeNull()
    expect(studio.askedFor('host:list')).toHaveLength(0)
    expect(studio.askedFor('price:refresh')).toHaveLength(0)
    await studio.user.click(generateButton())
    await waitFor(() => {
      expect(studio.askedFor('take:submit')).toHaveLength(1)
    })
    expect(studio.askedFor('take:submit')[0]).toMatchObject({
      settings: { provider: 'practice', account: null },
      delivery: { host: null, clipUrl: null, characterUrl: null },
    })
  })

  it('leads to the set-up of a provider that has no account', async () => {
    const studio = await windowWithSample()
    await studio.user.selectOptions(select('Provider'), 'oxen')
    await reason('Add an account for Oxen.ai to use it.')
    await studio.user.click(screen.getByRole('button', { name: 'Set up Oxen.ai…' }))
    expect(await screen.findByRole('dialog', { name: 'Set up Oxen.ai' })).toBeVisible()
  })

  it('uses the one account there is without asking', async () => {
    const studio = await windowWithSample({ accounts: [anAccount('kling')] })
    await studio.user.selectOptions(select('Provider'), 'kling')
    expect(screen.queryByRole('combobox', { name: 'Account' })).toBeNull()
    unfold('provider')
    expect(screen.getByText('My Kling (key ends in a1b2)')).toBeVisible()
    expect(useApp.getState().takeSettings.account).toBe('kling-1')
  })

  it('lets several accounts be chosen from, and sends the chosen one', async () => {
    const studio = await windowWithSample({
      accounts: [anAccount('kling'), anAccount('kling', { id: 'kling-2', name: 'The studio’s' })],
      settings: lastTime('kling', { host: 's3' }),
    })
    await waitFor(() => {
      expect(select('Account')).toHaveValue('kling-1')
    })
    await studio.user.selectOptions(select('Account'), 'kling-2')
    await waitUntilReady()
    await studio.user.click(generateButton())
    const question = await screen.findByRole('alertdialog')
    expect(question).toHaveTextContent('The studio’s')
    await studio.user.click(within(question).getByRole('button', { name: /^Generate for about/ }))
    await waitFor(() => {
      expect(studio.askedFor('take:submit')[0]?.settings.account).toBe('kling-2')
    })
  })

  it('starts with the account of the last take, and with the first one when that is gone', async () => {
    const first = anAccount('kling')
    const second = anAccount('kling', { id: 'kling-2' })
    const studio = await windowWithSample({
      accounts: [first, second],
      settings: lastTime('kling', {}, { account: 'kling-2' }),
    })
    await waitFor(() => {
      expect(select('Account')).toHaveValue('kling-2')
    })
    studio.announce('accounts:changed', [first])
    await waitFor(() => {
      expect(useApp.getState().takeSettings.account).toBe('kling-1')
    })
  })

  it.each([
    ['none', 'The key of the account “My Kling” is missing.'],
    ['needed-again', 'Enter the key of the account “My Kling” again.'],
  ] as const)('holds the take back while the key is %s', async (state, sentence) => {
    const account = anAccount('kling')
    const studio = await windowWithSample({
      accounts: [{ ...account, key: { ...account.key, state } }],
      settings: lastTime('kling', { host: 's3' }),
    })
    await reason(sentence)
    await studio.user.click(screen.getByRole('button', { name: 'Enter the key…' }))
    expect(await screen.findByRole('dialog', { name: 'Set up Kling' })).toBeVisible()
  })

  it('does not carry the dearer mode of a provider that has no other to the next one', async () => {
    const accounts = [anAccount('oxen'), anAccount('kling')]
    const studio = await windowWithSample({ accounts })
    const mode = () => useApp.getState().takeSettings.mode
    await studio.user.selectOptions(select('Provider'), 'oxen')
    expect(mode()).toBe('pro')
    await studio.user.selectOptions(select('Provider'), 'kling')
    expect(mode()).toBe('std')
    await studio.user.click(screen.getByRole('radio', { name: 'Professional' }))
    await studio.user.selectOptions(select('Provider'), 'modelslab')
    expect(mode()).toBe('pro')
  })

  it('offers the models where a provider has several', async () => {
    const studio = await windowWithSample({ accounts: [anAccount('kling')] })
    expect(screen.queryByRole('combobox', { name: 'Model' })).toBeNull()
    await studio.user.selectOptions(select('Provider'), 'kling')
    expect(optionsOf('Model')).toEqual(['Kling 2.6', 'Kling 3.0'])
    await studio.user.selectOptions(select('Model'), 'kling-v3')
    expect(useApp.getState().takeSettings.model).toBe('kling-v3')
  })
})

const price = { perSecond: 0.2, asOf: '2026-11-21', source: 'read from the provider' }

describe('The price that a provider serves', () => {
  it('is read once when its model is chosen, and the cost follows', async () => {
    const studio = await windowWithSample(
      { accounts: [anAccount('oxen')], settings: lastTime('oxen', { host: 's3' }, { prompt: 'A stage.' }) },
      (fake) => {
        fake.answer('price:refresh', async () => ok(price))
      },
    )
    await screen.findByText('price unknown')
    // The core keeps what it read in the settings, and announces them.
    const prices = { 'oxen/kling-video-v3-pro-motion-control/pro': price }
    const settings = await studio.bridge.ask['settings:change']({ change: { prices } })
    if (settings.ok) studio.announce('settings:changed', settings.value)
    expect(await screen.findByText('≈ $1.20')).toBeVisible()
    expect(studio.askedFor('price:refresh')).toEqual([
      { account: 'oxen-1', model: 'kling-video-v3-pro-motion-control' },
    ])
  })

  it('stays unknown in silence when it cannot be read', async () => {
    const studio = await windowWithSample(
      { accounts: [anAccount('oxen')], settings: lastTime('oxen', { host: 's3' }, { prompt: 'A stage.' }) },
      (fake) => {
        fake.answer('price:refresh', async () => fail('provider-silent', 'Oxen.ai is not answering.'))
      },
    )
    await waitUntilReady()
    expect(studio.askedFor('price:refresh')).toHaveLength(1)
    expect(screen.getByText('price unknown')).toBeVisible()
    expect(screen.queryByText('Oxen.ai is not answering.')).toBeNull()
  })
})

describe('Compare providers', () => {
  async function table() {
    const studio = await windowWithSample({ accounts: [anAccount('kling')], settings: lastTime('kling') })
    await studio.user.click(screen.getByRole('button', { name: 'Compare providers' }))
    const dialog = await screen.findByRole('dialog', { name: 'Compare providers' })
    const columns = within(dialog)
      .getAllByRole('columnheader')
      .slice(1)
      .map(({ textContent }) => textContent)
    const cellOf = (row: string, column: string) => {
      const header = within(dialog).getByRole('rowheader', { name: row })
      const cells = within(header.closest('tr')!).getAllByRole('cell')
      return cells[columns.findIndex((name) => name.startsWith(column))]
    }
    return { dialog, columns, cellOf, studio }
  }

  it('has a column for every model of every provider, with the chosen one marked', async () => {
    const { columns } = await table()
    expect(columns).toHaveLength(allProviders.flatMap(({ models }) => models).length)
    expect(columns.filter((name) => name.includes('(chosen)'))).toEqual(['Kling Kling 2.6 (chosen)'])
  })

  it('lists only what differs, until all is asked for', async () => {
    const { dialog, studio } = await table()
    const rows = () =>
      within(dialog)
        .getAllByRole('row')
        .slice(1)
        .map(
          (row) =>
            new Set(
              within(row)
                .getAllByRole('cell')
                .map(({ textContent }) => textContent),
            ).size,
        )
    const few = rows()
    expect(Math.min(...few)).toBeGreaterThan(1)
    await studio.user.click(within(dialog).getByRole('checkbox', { name: 'Only what differs' }))
    const all = rows()
    expect(all.filter((kinds) => kinds > 1)).toHaveLength(few.length)
    expect(all.length).toBeGreaterThan(few.length)
  })

  it('says “not stated” where the provider does not say, and never a sibling’s limit in its place', async () => {
    const { cellOf } = await table()
    for (const row of ['Clip size', 'Clip sides', 'Image size', 'Image sides', 'Result is kept'])
      expect(cellOf(row, 'Oxen.ai')).toHaveTextContent(/^not stated$/)
    expect(cellOf('Price per second', 'ModelsLab')).toHaveTextContent(/^not stated$/)
    expect(cellOf('Image sides', 'Highway')).toHaveTextContent('shortest 300 px, longest not stated')
  })

  it('names limits, choices and prices from the rules', async () => {
    const { cellOf, dialog, studio } = await table()
    await studio.user.click(within(dialog).getByRole('checkbox', { name: 'Only what differs' }))
    expect(cellOf('Longest clip, Image', 'Kling ')).toHaveTextContent('10 s')
    expect(cellOf('Longest clip, Video', 'Kling ')).toHaveTextContent('30 s')
    expect(cellOf('Longest clip, Image', 'Highway')).toHaveTextContent('30 s')
    expect(cellOf('Result length', 'Highway')).toHaveTextContent('Image: at most 5 s')
    expect(cellOf('Clip size', 'Highway')).toHaveTextContent('at most 10 MB')
    expect(cellOf('Elements', 'Kling ')).toHaveTextContent('at most 1, orientation Video')
    expect(cellOf('Prompt', 'Oxen.ai')).toHaveTextContent('required, limit not stated')
    expect(cellOf('Cancel after sending', 'Oxen.ai')).toHaveTextContent('yes')
    expect(cellOf('Price per second', 'Kling ')).toHaveTextContent('Standard 0.07 USD (2026-11-20)')
    expect(cellOf('Price per second', 'Practice')).toHaveTextContent('free')
  })

  it('can be scrolled and closed with the keyboard', async () => {
    const { dialog, studio } = await table()
    within(dialog).getByRole('region', { name: 'Providers and models' }).focus()
    expect(within(dialog).getByRole('region', { name: 'Providers and models' })).toHaveFocus()
    await studio.user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
