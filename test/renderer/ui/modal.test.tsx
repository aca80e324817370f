import { act, cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Confirm } from '../../../src/renderer/ui/Confirm.tsx'
import { IconButton } from '../../../src/renderer/ui/IconButton.tsx'
import { Modal } from '../../../src/renderer/ui/Modal.tsx'
import { Tooltip } from '../../../src/renderer/ui/Tooltip.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const nextTurns = () => act(() => new Promise((resolve) => setTimeout(resolve, 5)))

/** What a press sends, made at a time of its own, which may be long before the window comes to it. */
async function press(target: Element, madeAt: number, detail: number): Promise<void> {
  for (const make of [createEvent.pointerDown, createEvent.pointerUp, createEvent.click]) {
    const event = make(target, { detail })
    Object.defineProperty(event, 'timeStamp', { value: madeAt })
    fireEvent(target, event)
  }
  await nextTurns()
}

describe('the second press of the double click that opened a dialog', () => {
  it('does not close it, however late a busy window comes to it', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(1000)
    const onClose = vi.fn()
    render(
      <Modal title="Where to save" onClose={onClose}>
        Folders
      </Modal>,
    )
    // Radix listens from the next turn on.
    await nextTurns()

    now.mockReturnValue(9000)
    await press(document.body, 1300, 2)
    expect(onClose).not.toHaveBeenCalled()

    await press(document.body, 1600, 1)
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('agrees to nothing in it', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(1000)
    const onConfirm = vi.fn()
    render(
      <Confirm title="Send it again?" confirm="Send for 0.70 USD" onConfirm={onConfirm} onCancel={vi.fn()}>
        It costs money.
      </Confirm>,
    )
    const send = screen.getByRole('button', { name: 'Send for 0.70 USD' })
    await press(send, 1300, 2)
    expect(onConfirm).not.toHaveBeenCalled()

    await press(send, 1700, 1)
    expect(onConfirm).toHaveBeenCalledOnce()
  })
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

it('one Escape cancels a question, also while a tooltip is open over it', async () => {
  const onCancel = vi.fn()
  render(
    <Confirm title="Send it again?" confirm="Send" onConfirm={vi.fn()} onCancel={onCancel}>
      <Tooltip text="What it costs">
        <button type="button">0.70 USD</button>
      </Tooltip>
    </Confirm>,
  )
  await nextTurns()
  act(() => {
    screen.getByRole('button', { name: '0.70 USD' }).focus()
  })
  await screen.findByRole('tooltip')
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(onCancel).toHaveBeenCalledOnce()
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

it('gives the focus back to the button that opened it, without the tooltip of that button', async () => {
  function Opening() {
    const [isOpen, setOpen] = useState(false)
    return (
      <>
        <IconButton
          label="Accounts"
          icon={null}
          onClick={() => {
            setOpen(true)
          }}
        />
        {isOpen && (
          <Modal
            title="Accounts"
            onClose={() => {
              setOpen(false)
            }}
          >
            None yet
          </Modal>
        )}
      </>
    )
  }
  render(<Opening />)
  const opener = screen.getByRole('button', { name: 'Accounts' })
  const focused = vi.spyOn(opener, 'focus')
  opener.focus()
  fireEvent.keyDown(document.body, { key: 'Escape' })
  fireEvent.click(opener)
  await screen.findByRole('dialog')
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  await nextTurns()
  expect(focused).toHaveBeenCalledTimes(2)
  expect(document.activeElement).toBe(opener)
  expect(screen.queryByRole('tooltip')).toBeNull()
})
