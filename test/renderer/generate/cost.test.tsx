import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { aCharacter, aClip } from '../../support/clips/facts.ts'
import { anAccount } from '../../support/window/fake-account-answers.ts'
import { later } from '../../support/window/open-window.tsx'
import {
  generateButton,
  lastTime,
  waitUntilReady,
  windowWithSample,
} from '../../support/window/paid-window.tsx'

const paid = {
  accounts: [anAccount('kling', { name: 'The studio’s' })],
  settings: lastTime('kling', { host: 's3' }, { model: 'kling-v3' }),
}
const limit = 'This take costs about 0.76 USD; your limit for a take is 0.50 USD.'

describe('Before a take is paid', () => {
  it('the question names provider, account, host, amount, seconds, rate, source and date', async () => {
    const studio = await windowWithSample(paid)
    await waitUntilReady()
    await studio.user.click(generateButton())
    const question = await screen.findByRole('alertdialog', { name: 'Spend about 0.76 USD?' })
    for (const words of [
      'Kling, Kling 3.0',
      'The studio’s',
      'Your S3 bucket',
      'about 0.76 USD: 6 s × 0.126 USD (Kling price list, 1 unit = 0.14 USD, 2026-11-20)',
    ])
      expect(question).toHaveTextContent(words)
    expect(studio.askedFor('spend:guards')).toEqual([{ amount: 0.756 }])
  })

  it('what is enlarged, and so looks softer, is named beside the cost', async () => {
    const studio = await windowWithSample({
      ...paid,
      sample: {
        character: { name: 'sample-character.png', facts: aCharacter({ width: 200, height: 200 }) },
        clip: { name: 'sample-clip.mp4', facts: aClip() },
      },
    })
    await waitUntilReady()
    await studio.user.click(generateButton())
    expect(await screen.findByRole('alertdialog')).toHaveTextContent(
      /Characterenlarged [0-9.]+ times, looks softer\./,
    )
  })

  it('a limit of the user’s own is named, and passing it is a yes of its own', async () => {
    const studio = await windowWithSample({ ...paid, guardsPassed: [limit] })
    await waitUntilReady()
    await studio.user.click(generateButton())
    const question = await screen.findByRole('alertdialog')
    expect(question).toHaveTextContent(limit)
    await studio.user.click(within(question).getByRole('button', { name: 'Generate for about 0.76 USD' }))
    const second = await screen.findByRole('alertdialog', { name: 'Exceed your own limit?' })
    expect(second).toHaveTextContent(limit)
    expect(within(second).getByRole('button', { name: 'Stay within my limit' })).toHaveFocus()
    expect(studio.askedFor('take:submit')).toHaveLength(0)
    await studio.user.click(
      within(second).getByRole('button', { name: 'Exceed my limit and generate for about 0.76 USD' }),
    )
    await waitFor(() => {
      expect(studio.askedFor('take:submit')).toHaveLength(1)
    })
    expect(studio.askedFor('take:submit')[0]?.consent).toEqual({ amount: 0.756, passGuard: true })
  })

  it('an unknown cost passes a limit only with a yes to both', async () => {
    const studio = await windowWithSample({
      accounts: [anAccount('modelslab')],
      settings: lastTime('modelslab', { host: 's3' }, { prompt: 'A stage.' }),
      guardsPassed: ['The cost is unknown, and you set a limit.'],
    })
    await waitUntilReady()
    await studio.user.click(generateButton())
    await studio.user.click(await screen.findByRole('button', { name: 'Generate without knowing the cost' }))
    expect(studio.askedFor('take:submit')).toHaveLength(0)
    await studio.user.click(
      screen.getByRole('button', { name: 'Exceed my limit and generate without knowing the cost' }),
    )
    await waitFor(() => {
      expect(studio.askedFor('take:submit')[0]?.consent).toEqual({ amount: null, passGuard: true })
    })
  })

  it('nothing is sent and nothing is asked when the limits cannot be read', async () => {
    const studio = await windowWithSample(paid, (fake) => {
      fake.answer('spend:guards', async () => fail('internal', 'Understudy isn’t responding.'))
    })
    await waitUntilReady()
    await studio.user.click(generateButton())
    expect(await screen.findByText('Understudy isn’t responding.')).toBeVisible()
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(studio.askedFor('take:submit')).toHaveLength(0)
  })

  it.each([
    [
      'Ctrl and Enter',
      (studio: Awaited<ReturnType<typeof windowWithSample>>) =>
        studio.user.keyboard('{Control>}{Enter}{/Control}{Control>}{Enter}{/Control}'),
    ],
    [
      'a double click',
      (studio: Awaited<ReturnType<typeof windowWithSample>>) => studio.user.dblClick(generateButton()),
    ],
  ])('%s only opens the question, once', async (_, press) => {
    const studio = await windowWithSample(paid)
    await waitUntilReady()
    await press(studio)
    await screen.findByRole('alertdialog')
    expect(studio.askedFor('spend:guards')).toHaveLength(1)
    await studio.user.keyboard('{Enter}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(studio.askedFor('take:submit')).toHaveLength(0)
  })

  it('the question is not put for inputs that changed while the limits were read', async () => {
    const answer = later<Outcome<readonly string[]>>()
    const studio = await windowWithSample(paid, (fake) => {
      fake.answer('spend:guards', () => answer.promise)
    })
    await waitUntilReady()
    await studio.user.click(generateButton())
    await studio.user.click(screen.getByRole('radio', { name: 'Professional' }))
    await act(async () => {
      answer.settle(ok([]))
      await answer.promise
    })
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('a yes to something that changed under the question sends nothing, and says so', async () => {
    const studio = await windowWithSample(paid)
    await waitUntilReady()
    await studio.user.click(generateButton())
    const question = await screen.findByRole('alertdialog')
    act(() => {
      useApp.getState().changeTakeSettings({ mode: 'pro' })
    })
    fireEvent.click(within(question).getByRole('button', { name: /^Generate for/ }))
    expect(
      await screen.findByText('Something changed before you confirmed, so nothing was sent.'),
    ).toBeVisible()
    expect(studio.askedFor('take:submit')).toHaveLength(0)
  })

  it('a price the user corrected is in the question, and even zero asks for a yes', async () => {
    const price = { perSecond: 0, asOf: '2026-11-21', source: 'corrected by you' }
    const studio = await windowWithSample({
      ...paid,
      settings: { ...paid.settings, prices: { 'kling/kling-v3/std': price } },
    })
    await waitUntilReady()
    await studio.user.click(generateButton())
    const question = await screen.findByRole('alertdialog', { name: 'Generate for 0 USD?' })
    expect(question).toHaveTextContent('corrected by you, 2026-11-21')
    expect(studio.askedFor('take:submit')).toHaveLength(0)
  })
})
