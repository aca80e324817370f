import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { takeStates } from '../../../src/shared/domain/take.ts'
import { wordsOf } from '../../../src/shared/text/take-status.ts'
import { aTake } from '../../support/library/a-take.ts'
import { openWindow } from '../../support/window/open-window.tsx'
import { detailsOf as rowOf } from '../../support/window/take-details.ts'

const idOf = (number: number) => `01JD${String(number).padStart(22, '0')}`

describe('A take', () => {
  it.each(takeStates.filter((state) => state !== 'DONE' && state !== 'ABANDONED'))(
    'in state %s shows its words in the list',
    async (state) => {
      openWindow({ takes: [aTake({ state })] })
      const row = await rowOf(aTake())
      const { label, next } = wordsOf(aTake({ state }))
      expect(row).toHaveTextContent(label)
      expect(row).toHaveTextContent(next)
    },
  )

  it('shows how far it is and how long it has been going on, second by second', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, now: Date.parse('2026-11-20T12:00:42.000Z') })
    try {
      openWindow({ takes: [aTake({ state: 'ACKED', progress: 0.25 })] })
      const row = await rowOf(aTake())
      expect(within(row).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25')
      const before = within(row).getByRole('timer').textContent
      act(() => {
        vi.advanceTimersByTime(60_000)
      })
      const after = within(row).getByRole('timer').textContent
      expect(before).toMatch(/^4\d s$/)
      expect(after).toMatch(/^1 min 4\d s$/)
    } finally {
      vi.useRealTimers()
    }
  })

  it('follows what the core announces, and an older answer does not turn it back', async () => {
    const take = aTake({ state: 'PREPARING' })
    const studio = openWindow({ takes: [take] })
    await rowOf(take)
    act(() => {
      studio.announce('take:changed', { ...take, state: 'ACKED', since: '2026-11-20T12:00:09.000Z' })
    })
    expect(await rowOf(take)).toHaveTextContent('Generating')
    act(() => {
      studio.announce('take:changed', { ...take, state: 'UPLOADING', since: '2026-11-20T12:00:03.000Z' })
    })
    expect(await rowOf(take)).toHaveTextContent('Generating')
  })

  it('can be cancelled while it runs on this machine, and not once it is sent', async () => {
    const studio = openWindow({
      takes: [
        aTake({ id: idOf(1), state: 'PREPARING', characterName: 'local.png' }),
        aTake({ id: idOf(2), state: 'ACKED', characterName: 'sent.png' }),
      ],
    })
    const sent = await rowOf({ characterName: 'sent.png' })
    expect(within(sent).queryByRole('button', { name: 'Cancel' })).toBeNull()
    const local = await rowOf({ characterName: 'local.png' })
    await studio.user.click(within(local).getByRole('button', { name: 'Cancel' }))
    expect(studio.askedFor('take:cancel')).toEqual([{ take: idOf(1) }])
    await waitFor(() => {
      expect(local).toHaveTextContent('Not sent')
    })
  })

  it('shows a provider’s words as text, never as markup', async () => {
    const detail = '<img src=x onerror="alert(1)"> upper body not found'
    openWindow({
      takes: [
        aTake({
          state: 'REMOTE_FAILED',
          problem: { code: 'provider-failed', message: 'The provider could not finish it.', detail },
        }),
      ],
    })
    const row = await rowOf(aTake())
    expect(within(row).getByText(detail)).toBeInTheDocument()
    expect(row.querySelector('img[src=x]')).toBeNull()
  })

  it('that is done opens beside its reference', async () => {
    const studio = openWindow({ takes: [aTake({ state: 'DONE' })] })
    const row = await rowOf(aTake())
    await studio.user.click(within(row).getByRole('button', { name: 'Compare' }))
    expect(await screen.findByRole('region', { name: /Comparison/ })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Generate' })).toBeNull()
  })

  it('that is done is saved, and the place is named', async () => {
    const studio = openWindow({ takes: [aTake({ state: 'DONE' })] })
    const row = await rowOf(aTake())
    await studio.user.click(within(row).getByRole('button', { name: 'Save result' }))
    expect(await screen.findByText('Saved as “result.mp4”.')).toBeVisible()
    expect(screen.getByText('It is in Videos.')).toBeVisible()
  })

  it('saves its marked version beside it, where there is one', async () => {
    const watermarked = { bytes: 9, sha256: 'ef', duration: 6, width: 720, height: 1280, frameRate: 30 }
    const studio = openWindow({ takes: [aTake({ state: 'DONE', watermarked })] })
    const row = await rowOf(aTake())
    await studio.user.click(within(row).getByRole('button', { name: 'Save watermarked version' }))
    expect(await screen.findByText(/^Saved as/)).toBeVisible()
    expect(studio.askedFor('result:save').at(-1)).toMatchObject({ marked: true })
  })

  it('offers its watermarked version again where the file is missing', async () => {
    const watermarked = { bytes: 9, sha256: 'ef', duration: 6, width: 720, height: 1280, frameRate: 30 }
    const take = aTake({ state: 'DONE', watermarked })
    const studio = openWindow({ takes: [take], nativeDialogs: true }, (fake) => {
      fake.answer('result:save', async () => fail('file-missing', 'The watermarked version is missing.'))
      fake.answer('take:check-again', async () => ok({ ...take, watermarked: null, markComing: true }))
    })
    const row = await rowOf(aTake())
    await studio.user.click(within(row).getByRole('button', { name: 'Save watermarked version' }))
    expect(await within(row).findByText('The watermarked version is missing.')).toBeVisible()
    expect(within(row).getByRole('button', { name: 'Save result' })).toBeVisible()
    await studio.user.click(within(row).getByRole('button', { name: 'Download watermarked version' }))
    expect(studio.askedFor('take:check-again')).toEqual([{ take: take.id }])
    expect(await within(row).findByText('The watermarked version is downloading.')).toBeVisible()
  })

  it('says that its marked version could not be fetched, and fetches it once more', async () => {
    const markProblem = { code: 'result-unusable', message: 'It could not be fetched.' } as const
    const studio = openWindow({ takes: [aTake({ state: 'DONE', markProblem })] })
    const row = await rowOf(aTake())
    expect(within(row).getByText('It could not be fetched.')).toBeVisible()
    expect(within(row).queryByRole('button', { name: 'Save watermarked version' })).toBeNull()
    await studio.user.click(within(row).getByRole('button', { name: 'Download watermarked version' }))
    expect(studio.askedFor('take:check-again')).toHaveLength(1)
  })

  it('tells in a sentence why something did not work', async () => {
    const studio = openWindow({ takes: [aTake({ state: 'DONE' })] }, (fake) => {
      fake.answer('result:save', async () =>
        fail('disk-full', 'The disk is full.', { advice: 'Free some space, then save again.' }),
      )
    })
    const row = await rowOf(aTake())
    await studio.user.click(within(row).getByRole('button', { name: 'Save result' }))
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('The disk is full.')
    expect(alert).toHaveTextContent('Free some space, then save again.')
  })
})

describe('A take that needs the user', () => {
  const waiting = aTake({
    state: 'NEEDS_USER',
    attempt: 1,
    estimate: { ...aTake().estimate, amount: 1.26, perSecond: 0.126, seconds: 10 },
    problem: { code: 'outcome-unknown', message: 'It is not known whether this take exists.' },
  })

  it('offers the free ways first and nothing that spends money by default', async () => {
    openWindow({ takes: [waiting] })
    const row = await rowOf(waiting)
    const buttons = within(row).getAllByRole('button')
    const names = ['Ask again', 'I found it…', 'Submit again…', 'Give up…']
    expect(buttons).toHaveLength(names.length)
    for (const [nth, button] of buttons.entries()) expect(button).toHaveAccessibleName(names[nth])
    for (const button of buttons.slice(0, 2)) expect(button).toHaveAccessibleDescription(/^Free\./)
    expect(buttons[2]).toHaveAccessibleDescription('It isn’t there. A new attempt costs about 1.26 USD.')
  })

  it('is submitted again only after the cost was named a second time', async () => {
    const studio = openWindow({ takes: [waiting] })
    const row = await rowOf(waiting)
    await studio.user.click(within(row).getByRole('button', { name: 'Submit again…' }))
    const question = await screen.findByRole('alertdialog')
    await within(question).findByRole('button', { name: 'Submit again: about 1.26 USD' })
    expect(question).toHaveTextContent('both run and you pay for both. This attempt: about 1.26 USD')
    expect(within(question).getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await studio.user.keyboard('{Enter}')
    expect(studio.askedFor('take:submit-again')).toEqual([])

    await studio.user.click(within(row).getByRole('button', { name: 'Submit again…' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Submit again: about 1.26 USD' }))
    expect(studio.askedFor('take:submit-again')).toEqual([
      { take: waiting.id, confirmed: true, consent: { amount: 1.26, passGuard: false } },
    ])
  })

  it('is submitted again at the rate of today, and past a limit only after a yes of its own', async () => {
    const studio = openWindow({ takes: [waiting] }, (fake) => {
      fake.answer('take:cost-again', async () =>
        ok({
          estimate: { ...waiting.estimate, amount: 2.5 },
          guards: ['This take costs about 2.50 USD; your limit for a take is 2.00 USD.'],
        }),
      )
    })
    const row = await rowOf(waiting)
    await studio.user.click(within(row).getByRole('button', { name: 'Submit again…' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Submit again: about 2.50 USD' }))
    expect(studio.askedFor('take:submit-again')).toEqual([])
    expect(await screen.findByRole('alertdialog', { name: 'Exceed your own limit?' })).toHaveTextContent(
      'your limit for a take is 2.00 USD',
    )
    await studio.user.click(
      screen.getByRole('button', { name: 'Exceed my limit and submit again: about 2.50 USD' }),
    )
    expect(studio.askedFor('take:submit-again')).toEqual([
      { take: waiting.id, confirmed: true, consent: { amount: 2.5, passGuard: true } },
    ])
  })

  it('is not submitted again while nobody knows what it costs', async () => {
    const studio = openWindow({ takes: [waiting] }, (fake) => {
      fake.answer('take:cost-again', async () => fail('not-found', 'The account of this take is gone.'))
    })
    const row = await rowOf(waiting)
    await studio.user.click(within(row).getByRole('button', { name: 'Submit again…' }))
    const question = await screen.findByRole('alertdialog')
    expect(await within(question).findByText('The account of this take is gone.')).toBeVisible()
    expect(within(question).getByRole('button', { name: 'Submit again' })).toBeDisabled()
    expect(studio.askedFor('take:submit-again')).toEqual([])
  })

  it('is tied to a task that the user found', async () => {
    const studio = openWindow({ takes: [waiting] })
    const row = await rowOf(waiting)
    await studio.user.click(within(row).getByRole('button', { name: 'I found it…' }))
    expect(screen.getByRole('textbox', { name: 'Task id' })).toHaveFocus()
    await studio.user.keyboard('  task-81{Enter}')
    expect(studio.askedFor('take:adopt')).toEqual([{ take: waiting.id, task: 'task-81' }])
    await waitFor(() => {
      expect(row).toHaveTextContent('Generating')
    })
  })

  it('is not said to have cost nothing when it is started over', async () => {
    const failed = aTake({ ...waiting, state: 'REMOTE_FAILED', problem: null })
    const studio = openWindow({ takes: [failed] })
    const row = await rowOf(failed)
    await studio.user.click(within(row).getByRole('button', { name: 'Submit again…' }))
    const question = await screen.findByRole('alertdialog')
    await waitFor(() => {
      expect(question).toHaveTextContent(
        'You pay for a new attempt with the same files and settings: about 1.26 USD.',
      )
    })
  })

  it('is given up only after a question', async () => {
    const studio = openWindow({ takes: [waiting] })
    const row = await rowOf(waiting)
    await studio.user.click(within(row).getByRole('button', { name: 'Give up…' }))
    expect(studio.askedFor('take:give-up')).toEqual([])
    await studio.user.click(await screen.findByRole('button', { name: 'Give up' }))
    await waitFor(() => {
      expect(row).toHaveTextContent('Given up')
    })
  })
})
