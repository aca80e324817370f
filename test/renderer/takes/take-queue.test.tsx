import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/shared/outcome.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import type { TakeQueue } from '../../../src/shared/domain/take-queue.ts'
import { aTake } from '../../support/library/a-take.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const idOf = (number: number) => `01JD${String(number).padStart(22, '0')}`
const clipOf = (number: number) => `dance ${String(number)}.mp4`
const take = (number: number, about: Partial<Take> = {}) =>
  aTake({ id: idOf(number), clipName: clipOf(number), attempt: 1, ...about })
const waits = (number: number, place: number, about: Partial<Take> = {}) =>
  take(number, { state: 'READY', queued: { place, paused: false }, ...about })
const queueOf = (...numbers: readonly number[]): TakeQueue => ({
  paused: false,
  waiting: numbers.map((number, index) => ({ take: idOf(number), place: index + 1 })),
})

const four = [
  take(1, { state: 'ACKED', taskId: 'task-1', eta: 200 }),
  waits(2, 1),
  waits(3, 2),
  waits(4, 3, { state: 'PREPARING', progress: 0.4 }),
]

async function openTakes(takes: readonly Take[] = four) {
  const studio = openWindow({ takes })
  await studio.user.click(await screen.findByRole('button', { name: /running|waiting|paused/i }))
  const dialog = await screen.findByRole('dialog', { name: 'Queue' })
  const rows = () => within(dialog).getAllByRole('article')
  const row = (number: number) => {
    const found = rows().find((one) => one.textContent.includes(clipOf(number)))
    if (!found) throw new Error(`no row for take ${String(number)}`)
    return found
  }
  const button = (number: number, name: RegExp) => within(row(number)).getByRole('button', { name })
  return { ...studio, dialog, rows, row, button }
}

describe('The queue of takes', () => {
  it('shows what runs, then what waits in its order, and why each waits', async () => {
    const { rows, row } = await openTakes()
    expect(rows().map((one) => /dance \d/.exec(one.textContent)?.[0])).toEqual([
      'dance 1',
      'dance 2',
      'dance 3',
      'dance 4',
    ])
    expect(row(1)).toHaveTextContent('Generating')
    expect(row(1)).toHaveTextContent('about 3 min left')
    expect(row(2)).toHaveTextContent('Next in the queue')
    expect(row(3)).toHaveTextContent('2nd in the queue')
    expect(row(4)).toHaveTextContent('Preparing the files')
    expect(within(row(4)).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40')
    expect(screen.getByText('1 running, 3 waiting.')).toBeVisible()
  })

  it('moves a take by its buttons, and shows the new places', async () => {
    const studio = await openTakes()
    await studio.user.click(studio.button(3, /^Earlier/))
    await studio.user.click(studio.button(2, /^Later/))
    await studio.user.click(studio.button(3, /^Later/))
    await studio.user.click(studio.button(4, /^First/))
    expect(studio.askedFor('take-queue:move')).toEqual([
      { take: idOf(3), to: { before: idOf(2) } },
      { take: idOf(2), to: { before: idOf(4) } },
      { take: idOf(3), to: 'last' },
      { take: idOf(4), to: 'first' },
    ])
    act(() => {
      studio.announce('take-queue:changed', queueOf(3, 2, 4))
    })
    expect(studio.row(3)).toHaveTextContent('Next in the queue')
    expect(studio.row(2)).toHaveTextContent('2nd in the queue')
  })

  it('steps past takes of other accounts, because each account has an order of its own', async () => {
    const other = { ...aTake().settings, account: 'other' }
    const studio = await openTakes([
      waits(1, 1),
      waits(2, 1, { settings: other }),
      waits(3, 2, { queued: { place: 2, paused: false } }),
    ])
    act(() => {
      studio.announce('take-queue:changed', {
        paused: false,
        waiting: [
          { take: idOf(1), place: 1 },
          { take: idOf(2), place: 1 },
          { take: idOf(3), place: 2 },
        ],
      })
    })
    await studio.user.click(studio.button(3, /^Earlier/))
    expect(studio.button(2, /^Earlier/)).toHaveAttribute('aria-disabled', 'true')
    expect(studio.button(2, /^Later/)).toHaveAttribute('aria-disabled', 'true')
    expect(studio.askedFor('take-queue:move')).toEqual([{ take: idOf(3), to: { before: idOf(1) } }])
  })

  it('keeps the focus on a button that can do no more', async () => {
    const studio = await openTakes()
    const first = studio.button(3, /^First/)
    first.focus()
    await studio.user.keyboard('{Enter}')
    act(() => {
      studio.announce('take-queue:changed', queueOf(3, 2, 4))
    })
    expect(first).toHaveAttribute('aria-disabled', 'true')
    expect(first).toHaveFocus()
    await studio.user.keyboard('{Enter}')
    expect(studio.askedFor('take-queue:move')).toHaveLength(1)
  })

  it('cancels what was not sent, and offers nothing like it for what was', async () => {
    const studio = await openTakes()
    expect(within(studio.row(1)).queryByRole('button', { name: /^(Cancel|First|Earlier|Later)/ })).toBeNull()
    await studio.user.click(studio.button(3, /^Cancel/))
    expect(studio.askedFor('take:cancel')).toEqual([{ take: idOf(3) }])
  })

  it('pauses and resumes, and shows it at each take and in the header', async () => {
    const studio = await openTakes()
    expect(studio.dialog).toHaveTextContent('Pause stops sending. Running takes continue.')
    await studio.user.click(within(studio.dialog).getByRole('button', { name: 'Pause' }))
    const resume = await within(studio.dialog).findByRole('button', { name: 'Resume' })
    expect(studio.row(2)).toHaveTextContent('Paused')
    expect(studio.row(1)).toHaveTextContent('Generating')
    await studio.user.keyboard('{Escape}')
    expect(resume).not.toBeInTheDocument()
    await studio.user.click(await screen.findByRole('button', { name: '1 running · 3 paused' }))
    await studio.user.click(await screen.findByRole('button', { name: 'Resume' }))
    expect(studio.askedFor('take-queue:pause')).toEqual([{ paused: true }, { paused: false }])
  })

  it('opens what is known about a take', async () => {
    const studio = await openTakes()
    await studio.user.click(studio.button(3, /^Take/))
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull()
    })
    expect(await screen.findByRole('article', { name: /dance 3/ })).toHaveTextContent('2nd in the queue')
  })

  it('is seen in the header while it is paused, although nothing runs', async () => {
    const studio = openWindow({}, (fake) => {
      fake.answer('take-queue:read', async () => ok({ paused: true, waiting: [] }))
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Paused' }))
    const dialog = await screen.findByRole('dialog', { name: 'Queue' })
    expect(dialog).toHaveTextContent('Paused.')
    expect(dialog).toHaveTextContent('Takes you generate appear here')
    await studio.user.click(within(dialog).getByRole('button', { name: 'Resume' }))
    expect(await screen.findByText('Nothing runs or waits.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Paused' })).toBeNull()
  })

  it('is in one window with the preparations', async () => {
    const studio = await openTakes()
    await studio.user.click(within(studio.dialog).getByRole('radio', { name: 'Preparations' }))
    expect(studio.dialog).toHaveTextContent('The queue is empty.')
    await studio.user.click(within(studio.dialog).getByRole('radio', { name: 'Takes 4' }))
    expect(studio.rows()).toHaveLength(4)
  })

  it('says what went wrong when it can’t be changed', async () => {
    const studio = await openTakes()
    const problem = { code: 'disk-full', message: 'The queue couldn’t be saved.' } as const
    studio.answer('take-queue:pause', async () => ({ ok: false, problem }))
    await studio.user.click(within(studio.dialog).getByRole('button', { name: 'Pause' }))
    expect(await within(studio.dialog).findByRole('alert')).toHaveTextContent('The queue couldn’t be saved.')
    studio.answer('take-queue:pause', async () => ok({ ...queueOf(2, 3, 4), paused: true }))
    await studio.user.click(within(studio.dialog).getByRole('button', { name: 'Pause' }))
    await within(studio.dialog).findByRole('button', { name: 'Resume' })
    expect(within(studio.dialog).queryByRole('alert')).toBeNull()
  })

  it('says that a pause ends when you quit, because it couldn’t be saved', async () => {
    const studio = await openTakes()
    const unsaved = { code: 'disk-full', message: 'Paused until you quit; it couldn’t be saved.' } as const
    studio.answer('take-queue:pause', async () => ok({ ...queueOf(2, 3, 4), paused: true, unsaved }))
    await studio.user.click(within(studio.dialog).getByRole('button', { name: 'Pause' }))
    expect(await within(studio.dialog).findByRole('alert')).toHaveTextContent('Paused until you quit')
    studio.answer('take-queue:pause', async () => ok(queueOf(2, 3, 4)))
    await studio.user.click(within(studio.dialog).getByRole('button', { name: 'Resume' }))
    await within(studio.dialog).findByRole('button', { name: 'Pause' })
    expect(within(studio.dialog).queryByRole('alert')).toBeNull()
  })

  it('asks what is wrong with the library again once it is resumed', async () => {
    const studio = await openTakes()
    studio.answer('take-queue:pause', async () => ok({ ...queueOf(2, 3, 4), paused: true }))
    await studio.user.click(within(studio.dialog).getByRole('button', { name: 'Pause' }))
    const asked = studio.askedFor('app:about').length
    studio.answer('take-queue:pause', async () => ok(queueOf(2, 3, 4)))
    await studio.user.click(await within(studio.dialog).findByRole('button', { name: 'Resume' }))
    await waitFor(() => {
      expect(studio.askedFor('app:about')).toHaveLength(asked + 1)
    })
  })
})
