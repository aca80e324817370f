import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { useShortcut } from '../../../src/renderer/lib/use-shortcuts.ts'

const zoom = vi.fn()
const setIn = vi.fn()

function Timeline() {
  useShortcut('timeline', 'zoom-fit', zoom)
  useShortcut('timeline', 'set-in', setIn)
  return (
    <div data-keys="takes">
      <button type="button">Poster</button>
    </div>
  )
}

it('A key that two parts have belongs to the one with the focus, and other keys to all of them', () => {
  render(<Timeline />)
  const poster = screen.getByText('Poster')
  fireEvent.keyDown(poster, { key: '0' })
  expect(zoom).not.toHaveBeenCalled()
  fireEvent.keyDown(poster, { key: 'i' })
  expect(setIn).toHaveBeenCalledOnce()
  fireEvent.keyDown(document.body, { key: '0' })
  expect(zoom).toHaveBeenCalledOnce()
})
