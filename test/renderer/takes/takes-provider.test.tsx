import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { RemoteProvider } from '../../../src/shared/domain/account.ts'
import { findModel } from '../../../src/shared/rules/models.ts'
import { defaultTakeSettings, type Take } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import { practiceProvider, remoteProvider } from '../../support/window/fake-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'
import { detailsOf } from '../../support/window/take-details.ts'

const about = (amount: number | null): Take['estimate'] => ({
  ...aTake().estimate,
  amount,
  perSecond: amount,
  source: 'the price list',
})

const takeAt = (provider: RemoteProvider, different: Partial<Take> = {}): Take =>
  aTake({
    state: 'ACKED',
    attempt: 1,
    taskId: 'task-1',
    estimate: about(0.756),
    settings: { ...defaultTakeSettings, provider, model: findModel(provider)?.model ?? '' },
    ...different,
  })

const openWith = (take: Take) =>
  openWindow({
    takes: [take],
    providers: [practiceProvider, remoteProvider('kling'), remoteProvider('oxen')],
    accounts: [anAccount('kling'), anAccount('oxen')],
  })

const row = () => detailsOf(aTake())

describe('The money of a take', () => {
  it('is an estimate while nothing is known of what was deducted', async () => {
    openWith(takeAt('kling'))
    expect(await row()).toHaveTextContent('estimated about 0.76 USD')
  })

  it('is said to be unknown where it is', async () => {
    openWith(takeAt('kling', { estimate: about(null) }))
    expect(await row()).toHaveTextContent('cost unknown')
  })

  it('is what the provider deducted, beside the estimate, once it is done', async () => {
    const estimate = { ...about(0.756), perSecond: findModel('kling')?.pricePerSecond.std ?? null }
    openWith(takeAt('kling', { state: 'DONE', estimate, cost: { units: '5.4', unitName: 'units' } }))
    expect(within(await row()).getByText('deducted 5.4 units (0.76 USD)')).toBeVisible()
    expect(within(await row()).getByText('estimated about 0.76 USD')).toBeVisible()
  })

  it('shows that a failed take took nothing, where the provider says so', async () => {
    openWith(takeAt('kling', { state: 'REMOTE_FAILED', cost: { units: '0', unitName: 'units' } }))
    expect(await row()).toHaveTextContent('deducted 0 units')
  })

  it('expects nothing for a take that was not accepted', async () => {
    openWith(takeAt('kling', { state: 'REJECTED' }))
    expect(await row()).not.toHaveTextContent('USD')
  })

  it('is not mentioned for practice, which is free', async () => {
    openWith(aTake({ state: 'DONE', cost: { units: '0', unitName: 'units' } }))
    expect(await row()).not.toHaveTextContent(/free|estimated|deducted/)
  })
})

describe('A take that the provider has', () => {
  it('is cancelled there only after it was said that the provider decides what that costs', async () => {
    const studio = openWith(takeAt('oxen'))
    const take = await row()
    expect(within(take).queryByRole('button', { name: /Stop following/ })).toBeNull()
    await studio.user.click(within(take).getByRole('button', { name: 'Cancel at Oxen.ai…' }))
    const question = await screen.findByRole('alertdialog')
    expect(question).toHaveTextContent(
      'Understudy asks Oxen.ai to stop the task. Oxen.ai decides what it costs',
    )
    expect(studio.askedFor('take:cancel')).toEqual([])
    await studio.user.click(within(question).getByRole('button', { name: 'Cancel at Oxen.ai' }))
    expect(studio.askedFor('take:cancel')).toEqual([{ take: takeAt('oxen').id }])
  })

  it('can only be let go of where it cannot be cancelled, and is said to be charged', async () => {
    const studio = openWith(takeAt('kling'))
    const take = await row()
    expect(within(take).queryByRole('button', { name: /Cancel/ })).toBeNull()
    await studio.user.click(within(take).getByRole('button', { name: 'Stop following…' }))
    const question = await screen.findByRole('alertdialog')
    expect(question).toHaveTextContent(
      'You can’t cancel it at Kling. The task keeps running there and is charged, but its result won’t be downloaded',
    )
    expect(studio.askedFor('take:give-up')).toEqual([])
    await studio.user.click(within(question).getByRole('button', { name: 'Stop following' }))
    expect(studio.askedFor('take:give-up')).toEqual([{ take: takeAt('kling').id }])
    await waitFor(() => {
      expect(take).toHaveTextContent('Given up')
    })
  })

  it('says how long its result is kept, where the provider says so', async () => {
    openWith(takeAt('kling'))
    expect(await row()).toHaveTextContent('The provider keeps the result for 30 days.')
  })

  it('says nothing of that where the provider does not', async () => {
    openWith(takeAt('oxen'))
    const take = await row()
    expect(take).toHaveTextContent('Generating')
    expect(take).not.toHaveTextContent('keeps the result')
  })

  it('passes on how long the provider still needs', async () => {
    openWith(takeAt('kling', { eta: 200 }))
    expect(await row()).toHaveTextContent('about 3 min left')
  })

  it('that failed shows the provider’s words as they are, tags and all', async () => {
    const detail = 'Risk control <b>blocked</b> this'
    const problem = { code: 'provider-failed', message: 'The provider could not finish it.', detail } as const
    openWith(takeAt('kling', { state: 'REMOTE_FAILED', problem }))
    const take = await row()
    expect(within(take).getByText(detail)).toBeInTheDocument()
    expect(take.querySelector('b')).toBeNull()
  })
})

describe('A take on its way to the provider', () => {
  it('waits for its turn because of the account, and says so', async () => {
    openWith(takeAt('kling', { state: 'READY', taskId: null, queued: { place: 2, paused: false } }))
    const take = await row()
    expect(take).toHaveTextContent('2nd in the queue')
    expect(take).toHaveTextContent('It will be sent when a slot is free')
  })

  it.each([
    ['s3', 'Uploading to your bucket'],
    ['provider', 'Uploading to the provider’s storage'],
    ['tunnel', 'Opening a tunnel to the files'],
    ['given', 'Checking your link'],
  ] as const)('names the way its files take: %s', async (host, words) => {
    openWith(takeAt('kling', { state: 'UPLOADING', taskId: null, host }))
    expect(await row()).toHaveTextContent(words)
  })
})
