import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'

import { afterEach, expect, it, vi } from 'vitest'
import { useShortcut } from '../../../src/renderer/lib/use-shortcuts.ts'
import { MenuButton, MenuItems } from '../../../src/renderer/ui/Menu.tsx'

afterEach(cleanup)

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

const toggle = vi.fn()

function Player() {
  useShortcut('comparison', 'toggle', toggle)
  return (
    <main>
      <MenuButton label="More" menu={<MenuItems items={[{ label: 'Add', onSelect: vi.fn() }]} />} />
    </main>
  )
}

it('The space bar plays after a menu was opened by a click, and opens one that was reached by Tab', async () => {
  render(<Player />)
  const more = screen.getByRole('button', { name: 'More' })
  await userEvent.click(more)
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('menu')).toBeNull()
  more.focus()
  await userEvent.keyboard(' ')
  expect(toggle).toHaveBeenCalledOnce()
  expect(screen.queryByRole('menu')).toBeNull()
  more.blur()
  await userEvent.tab()
  await userEvent.keyboard(' ')
  await screen.findByRole('menu')
  expect(toggle).toHaveBeenCalledOnce()
})
