import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aTake } from '../../support/library/a-take.ts'
import { openWindow } from '../../support/window/open-window.tsx'

const idOf = (number: number) => `01JD${String(number).padStart(22, '0')}`

describe('The list of takes', () => {
  const thousands = Array.from({ length: 5000 }, (_, index) =>
    aTake({ id: idOf(index + 1), state: 'DONE', characterName: `hero-${String(index + 1)}.png` }),
  )

  const posters = () => screen.findAllByRole('button', { name: /^Take \d+, hero/ })

  it('is a reel that holds thousands and draws only those in sight, newest first', async () => {
    openWindow({ takes: thousands })
    const shown = await posters()
    expect(shown.length).toBeLessThan(40)
    expect(shown[0]).toHaveAccessibleName('Take 5000, hero-5000.png performs dance.mp4: Done')
  })

  it('is walked with the arrow keys', async () => {
    const studio = openWindow({ takes: thousands.slice(0, 3) })
    const [first, second] = await posters()
    first?.focus()
    await studio.user.keyboard('{ArrowRight}')
    await waitFor(() => {
      expect(second).toHaveFocus()
    })
  })

  it('puts a take on the stage with a click, and selects several to be compared', async () => {
    const studio = openWindow({ takes: thousands.slice(0, 3) })
    const [first, second] = await posters()
    if (!first || !second) throw new Error('The reel has three takes.')
    await studio.user.click(first)
    expect(await screen.findByRole('heading', { level: 1, name: /^Take 3/ })).toBeVisible()
    await studio.user.keyboard('{Control>}')
    await studio.user.click(second)
    await studio.user.keyboard('{/Control}')
    await studio.user.click(await screen.findByRole('button', { name: 'Compare 2' }))
    expect(studio.askedFor('take:compare').at(-1)).toEqual({
      takes: [idOf(3), idOf(2)],
    })
  })

  it('offers what can be done with a take in a menu, and gives its settings to the desk', async () => {
    const settings = { ...aTake().settings, prompt: 'at night' }
    const studio = openWindow({ takes: [aTake({ state: 'DONE', settings })] })
    await studio.user.click(await screen.findByRole('button', { name: 'More about take 1' }))
    await studio.user.click(await screen.findByRole('menuitem', { name: 'Use these settings' }))
    expect(screen.getByRole('textbox', { name: /^Prompt/ })).toHaveValue('at night')
    expect(screen.getByText('The desk has the settings of take 1.')).toBeVisible()
  })
})
