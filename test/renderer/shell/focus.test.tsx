import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/shared/outcome.ts'
import { emptyQueue, type Queue } from '../../../src/shared/domain/queue.ts'
import { openWindow } from '../../support/window/open-window.tsx'
import { aQueueItem } from '../../support/window/queue-scenes.ts'

const button = (name: string | RegExp) => screen.findByRole('button', { name })
const hasFocus = async (name: string | RegExp) => {
  await waitFor(async () => {
    expect(await button(name)).toHaveFocus()
  })
}

async function withSample() {
  const studio = openWindow()
  await studio.user.click(await button('Try the sample'))
  await button('Prepare only…')
  return studio
}

describe('The focus', () => {
  it.each(['Presets', 'Prepare only…', 'See what is sent', /^Queue/, 'Accounts', 'Settings and about'])(
    'returns to “%s” when what it opened is closed by Esc',
    async (name) => {
      const { user } = await withSample()
      await waitFor(async () => {
        expect(await button(name)).toBeEnabled()
      })
      await user.click(await button(name))
      await screen.findByRole('dialog')
      await user.keyboard('{Escape}')
      await hasFocus(name)
    },
  )

  it('returns to where it was when a dialog was opened by its keys', async () => {
    const { user } = await withSample()
    const prepare = await button('Prepare only…')
    prepare.focus()
    await user.keyboard('?')
    await screen.findByRole('dialog')
    await user.keyboard('{Escape}')
    await hasFocus('Prepare only…')
  })

  it('returns over a dialog that led to another one, to where both began', async () => {
    const { user } = await withSample()
    await user.click(await button('Prepare only…'))
    await user.click(await button('Choose a folder…'))
    await screen.findByRole('dialog', { name: 'Queue' })
    await user.keyboard('{Escape}')
    await hasFocus('Prepare only…')
  })

  it('stays on the button that moves a preparation when that one becomes the last', async () => {
    const queueOf = (...numbers: readonly number[]): Queue => ({
      ...emptyQueue,
      items: numbers.map((number) => aQueueItem(number)),
    })
    const { user, announce } = openWindow({}, (fake) => {
      fake.answer('queue:read', async () => ok(queueOf(1, 2)))
      fake.answer('queue:move', async () => ok(queueOf(2, 1)))
    })
    await user.click(await button(/^Queue/))
    const later = await button(/^Later: .*dance 1/)
    await user.click(later)
    act(() => {
      announce('queue:changed', queueOf(2, 1))
    })
    expect(later).toHaveAttribute('aria-disabled', 'true')
    expect(later).toHaveFocus()
  })

  it('goes to where another file is chosen when one is taken out', async () => {
    const { user } = await withSample()
    await user.click(await button('Remove the clip'))
    await hasFocus('Choose a video')
    await user.click(await button('Remove the character'))
    await hasFocus('Choose an image')
  })
})
