import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Modal } from '../../../src/renderer/ui/Modal.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const nextTurns = () => act(() => new Promise((resolve) => setTimeout(resolve, 5)))

async function pressOutside(): Promise<void> {
  fireEvent.pointerDown(document.body)
  fireEvent.pointerUp(document.body)
  fireEvent.click(document.body)
  await nextTurns()
}

it('a window inside the window outlives the second press of the double click that opened it', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000)
  const onClose = vi.fn()
  render(
    <Modal title="Where to save" onClose={onClose}>
      Folders
    </Modal>,
  )
  screen.getByRole('dialog')
  // Radix listens from the next turn on.
  await nextTurns()

  now.mockReturnValue(1300)
  await pressOutside()
  expect(onClose).not.toHaveBeenCalled()

  now.mockReturnValue(1600)
  await pressOutside()
  expect(onClose).toHaveBeenCalledOnce()
})

it('one Escape closes it, also while a tooltip is open over it', async () => {
  const onClose = vi.fn()
  render(
    <Modal title="Shortcuts" onClose={onClose}>
      Keys
    </Modal>,
  )
  await nextTurns()
  act(() => {
    screen.getByRole('button', { name: 'Close' }).focus()
  })
  await screen.findByRole('tooltip')
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(onClose).toHaveBeenCalledOnce()
})

it('an Escape that closes the dialog over it leaves it open', async () => {
  const onClose = vi.fn()
  const onCloseOther = vi.fn()
  render(
    <Modal title="Settings" onClose={onClose}>
      <Modal title="Where to save" onClose={onCloseOther}>
        Folders
      </Modal>
    </Modal>,
  )
  await nextTurns()
  const [, close] = screen.getAllByRole('button', { name: 'Close', hidden: true })
  act(() => {
    close?.focus()
  })
  await screen.findByRole('tooltip')
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect([onClose.mock.calls.length, onCloseOther.mock.calls.length]).toEqual([0, 1])
})
