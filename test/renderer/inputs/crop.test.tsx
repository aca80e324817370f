import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import { aCharacter } from '../../support/clips/facts.ts'
import type { FakeFile } from '../../support/window/fake-answers.ts'
import type { OpenWindow } from '../../support/window/open-window.tsx'
import { dance, fit, give, hero, withFiles } from '../../support/window/prepare-window.ts'

const banner: FakeFile = {
  name: 'banner.png',
  facts: aCharacter({ width: 4000, height: 400, bytes: 900_000 }),
}
const frame = () => screen.getByRole('button', { name: /^Frame: arrows/ })
const draw = (studio: OpenWindow) => studio.user.click(screen.getByRole('button', { name: 'Crop' }))

describe('A picture of a shape that the model does not take', () => {
  it('gets a border by itself, in a colour of the user’s own', async () => {
    const studio = await withFiles([banner, dance])
    expect(await screen.findByRole('radio', { name: 'Add a border' })).toBeChecked()
    fireEvent.change(screen.getByLabelText('Background'), { target: { value: '#336699' } })
    expect(fit()).toMatchObject({ aspect: 'pad', background: '#336699', crop: null })
    await waitFor(() => {
      expect(studio.askedFor('take:check').at(-1)?.settings.fit.background).toBe('#336699')
    })
  })

  it('can be cut to shape instead, which needs no background', async () => {
    const studio = await withFiles([banner, dance])
    await studio.user.click(await screen.findByRole('radio', { name: 'Crop to fit' }))
    expect(fit().aspect).toBe('crop')
    expect(screen.queryByLabelText('Background')).toBeNull()
    expect(screen.getByText('sent as 1000 × 400 px')).toBeVisible()
  })

  it('is framed in its middle at the first click, and the frame moves by keyboard', async () => {
    const studio = await withFiles([banner, dance])
    await draw(studio)
    expect(fit().crop).toEqual({ x: 0.375, y: 0, width: 0.25, height: 1 })
    expect(screen.queryByRole('radio', { name: 'Add a border' })).toBeNull()
    frame().focus()
    await studio.user.keyboard('{Shift>}{ArrowRight}{/Shift}{ArrowLeft}')
    expect(fit().crop?.x).toBeCloseTo(0.375 + 0.05 - 0.005)
    expect(screen.getByText('1000 × 400 px of 4000 × 400 px')).toHaveAttribute('role', 'status')
  })
})

describe('A frame', () => {
  it('is nothing a picture that fits needs: no choice is offered and nothing is cut', async () => {
    await withFiles([hero, dance])
    expect(screen.getByRole('button', { name: 'Crop' })).toBeVisible()
    expect(screen.queryByLabelText('Background')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Remove the crop' })).toBeNull()
    expect(fit()).toEqual(defaultTakeSettings.fit)
  })

  it('is left by Escape, with what was drawn, and the focus goes to the button that opened it', async () => {
    const studio = await withFiles([banner, dance])
    await draw(studio)
    const drawn = fit().crop
    frame().focus()
    await studio.user.keyboard('{Escape}')
    expect(screen.queryByRole('button', { name: /^Frame: arrows/ })).toBeNull()
    expect(fit().crop).toEqual(drawn)
    expect(screen.getByRole('button', { name: 'Crop' })).toHaveFocus()
  })

  it('is scaled with plus and minus, drawn by its corners, and given up for the whole picture', async () => {
    const studio = await withFiles([hero, dance])
    await draw(studio)
    frame().focus()
    await studio.user.keyboard('-')
    const { crop } = fit()
    expect(crop?.width).toBeCloseTo(1 / 1.05, 2)
    screen.getByRole('button', { name: 'Frame, bottom right corner' }).focus()
    await studio.user.keyboard('{Shift>}{ArrowUp}{/Shift}')
    expect(fit().crop?.height).toBeLessThan(crop?.height ?? 0)
    expect(fit().crop?.y).toBeCloseTo(crop?.y ?? 0, 3)
    await studio.user.click(screen.getByRole('button', { name: 'Remove the crop' }))
    expect(fit().crop).toBeNull()
  })

  it('is taken back in one step after each key', async () => {
    const studio = await withFiles([hero, dance])
    await draw(studio)
    frame().focus()
    await studio.user.keyboard('--')
    act(() => {
      useApp.getState().undo()
    })
    expect(fit().crop?.width).toBeCloseTo(1 / 1.05, 2)
    act(() => {
      useApp.getState().undo()
    })
    expect(fit().crop).toBeNull()
  })

  it('is drawn with the pointer, and one drag is one step', async () => {
    const studio = await withFiles([hero, dance])
    await draw(studio)
    frame().focus()
    await studio.user.keyboard('----------')
    const before = fit().crop
    const box = frame().parentElement
    if (!box) throw new Error('the frame lies in a box')
    box.getBoundingClientRect = () => ({ width: 100 }) as DOMRect
    fireEvent.pointerDown(frame(), { button: 0, pointerId: 1, clientX: 50, clientY: 50 })
    for (const x of [52, 54, 56]) fireEvent.pointerMove(frame(), { pointerId: 1, clientX: x, clientY: 50 })
    fireEvent.pointerUp(frame(), { pointerId: 1 })
    fireEvent.pointerMove(frame(), { pointerId: 1, clientX: 90, clientY: 90 })
    expect(fit().crop?.x).toBeGreaterThan(before?.x ?? 1)
    expect(fit().crop?.y).toBeCloseTo(before?.y ?? 1, 3)
    act(() => {
      useApp.getState().undo()
    })
    expect(fit().crop).toEqual(before)
  })

  it('stays with its picture: another one starts whole', async () => {
    const studio = await withFiles([hero, dance])
    await draw(studio)
    frame().focus()
    await studio.user.keyboard('-')
    expect(fit().crop).not.toBeNull()
    await give(studio, { ...hero, name: 'other.png' })
    expect(fit().crop).toBeNull()
  })

  it('and a way to lengthen of the last take are not brought back at the start', async () => {
    const crop = { x: 0.1, y: 0.1, width: 0.5, height: 0.5 }
    await withFiles([hero], {
      settings: {
        lastTake: {
          ...defaultTakeSettings,
          fit: { short: 'loop', aspect: 'crop', crop, background: '#123456' },
        },
      },
    })
    expect(fit()).toEqual({ short: null, aspect: 'crop', crop: null, background: '#123456' })
  })

  it('offers a background for see-through parts', async () => {
    await withFiles([{ name: 'ghost.png', facts: aCharacter({ alpha: true }) }])
    expect(await screen.findByLabelText('Background')).toHaveValue('#ffffff')
  })
})
