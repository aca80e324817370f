import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import type { FakeBridgeOptions } from '../../support/window/fake-answers.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const to = '/media/big/Understudy'
const moved = { to, files: 412, bytes: 48_200_000_000 }

async function openFiles(options: FakeBridgeOptions = {}) {
  const studio = openWindow(options)
  await studio.user.click(await screen.findByRole('button', { name: 'Settings and about' }))
  await studio.user.click(await screen.findByRole('tab', { name: 'Files' }))
  return studio
}

/** As far as the copy, which ends when the test says so. */
async function moving() {
  const studio = await openFiles()
  const answer = Promise.withResolvers<Outcome<typeof moved>>()
  studio.answer('library:move', () => answer.promise)
  await studio.user.click(screen.getByRole('button', { name: 'Move…' }))
  await studio.user.click(await screen.findByRole('button', { name: 'Move 48.2 GB' }))
  return { ...studio, answerMove: answer.resolve }
}

describe('Moving the library', () => {
  it('says where to, how much and what stays, before anything is done', async () => {
    const studio = await openFiles()
    await studio.user.click(screen.getByRole('button', { name: 'Move…' }))
    const question = await screen.findByRole('alertdialog', { name: 'Move the library?' })
    expect(question).toHaveTextContent(to)
    expect(question).toHaveTextContent('Keep moved.json and the folder “dropped” in ')
    expect(question).not.toHaveTextContent('delete')
    await studio.user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(studio.askedFor('library:move')).toEqual([])
  })

  it('asks for the folder in our own dialog where the system has none', async () => {
    const studio = await openFiles({ nativeDialogs: false })
    await studio.user.click(screen.getByRole('button', { name: 'Move…' }))
    expect(await screen.findByRole('dialog', { name: 'Move the library' })).toBeVisible()
    expect(studio.askedFor('library:plan-move')).toEqual([])
  })

  it('says why a folder doesn’t do', async () => {
    const studio = await openFiles()
    studio.answer('library:plan-move', async () => fail('disk-full', 'The disk has too little room.'))
    await studio.user.click(screen.getByRole('button', { name: 'Move…' }))
    expect(await screen.findByText('The disk has too little room.')).toBeInTheDocument()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('covers the window with how far it is, and Escape doesn’t uncover it', async () => {
    const studio = await moving()
    const cover = await screen.findByRole('alertdialog', { name: 'Moving the library' })
    expect(cover).toHaveTextContent(to)
    studio.announce('library:moving', { to, fraction: 0.42 })
    expect(await screen.findByText('42 %')).toBeVisible()
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
    expect(screen.getByRole('progressbar', { name: 'Moving the library' })).toHaveAttribute(
      'aria-valuenow',
      '42',
    )
  })

  it('is cancelled without a word of blame, and reads again what was refused meanwhile', async () => {
    const studio = await moving()
    await studio.user.click(await screen.findByRole('button', { name: 'Cancel' }))
    expect(studio.askedFor('call:cancel')).toHaveLength(1)
    const before = studio.askedFor('app:about').length
    act(() => {
      studio.announce('library:moving', null)
    })
    studio.answerMove(fail('cancelled', 'Moving the library was cancelled.'))
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull()
    })
    expect(studio.askedFor('app:about').length).toBeGreaterThan(before)
  })

  it('that fails says why and what to do, in the window as it was', async () => {
    const studio = await moving()
    studio.answerMove(
      fail('disk-full', 'The disk of “/media/big” is full.', { advice: 'Choose a folder on another disk.' }),
    )
    const said = await screen.findByRole('alertdialog', { name: 'The library was not moved' })
    expect(said).toHaveTextContent('The disk of “/media/big” is full.')
    expect(said).toHaveTextContent('Choose a folder on another disk.')
    await studio.user.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.getByRole('button', { name: 'Move…' })).toBeVisible()
  })

  it('that another window began covers this one too, without a way to cancel it', async () => {
    const studio = await openFiles()
    studio.announce('library:moving', { to, fraction: null })
    expect(await screen.findByText('Getting ready…')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull()
  })

  it('no longer covers a window whose line broke meanwhile, until the next step is told', async () => {
    const studio = await openFiles()
    act(() => {
      studio.announce('library:moving', { to, fraction: 0.5 })
      studio.setConnected(false)
      studio.setConnected(true)
    })
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull()
    })
    act(() => {
      studio.announce('library:moving', { to, fraction: 0.51 })
    })
    expect(await screen.findByRole('alertdialog')).toHaveTextContent('51')
  })

  it('covers the window until it shows the library in its new place', async () => {
    const reload = vi.fn<() => void>()
    vi.stubGlobal('location', { href: window.location.href, reload })
    const studio = await moving()
    act(() => {
      studio.announce('library:moved', { to })
      studio.announce('library:moving', null)
    })
    studio.answerMove(ok(moved))
    expect(await screen.findByRole('alertdialog', { name: 'The library was moved' })).toHaveTextContent(to)
    expect(reload).toHaveBeenCalledOnce()
  })

  it('is told once in the new place, with what to keep in the old one', async () => {
    openWindow({ movedFrom: '/home/me/Understudy' })
    expect(await screen.findByText(/^The library is now in /)).toBeInTheDocument()
    expect(
      screen.getByText(
        'Keep moved.json and the folder “dropped” in /home/me/Understudy. Without them Understudy doesn’t find this library.',
      ),
    ).toBeInTheDocument()
  })
})

describe('The library folder', () => {
  it('is shown in the file manager', async () => {
    const studio = await openFiles()
    await studio.user.click(screen.getByRole('button', { name: 'Show in folder' }))
    expect(studio.askedFor('library:reveal')).toEqual([{}])
  })

  it('says why it can’t be shown', async () => {
    const studio = await openFiles()
    studio.answer('library:reveal', async () => fail('file-missing', 'The library is gone.'))
    await studio.user.click(screen.getByRole('button', { name: 'Show in folder' }))
    expect(await screen.findByText('The library is gone.')).toBeInTheDocument()
  })
})
