import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useApp } from '../../../src/renderer/state/store.ts'
import { ok } from '../../../src/shared/outcome.ts'
import type { Scan } from '../../../src/shared/domain/media.ts'
import { aClip } from '../../support/clips/facts.ts'
import { long, withClip } from '../../support/window/open-timeline.tsx'
import { later, openWindow } from '../../support/window/open-window.tsx'

const field = (name: string) => screen.getByRole('textbox', { name })
const slider = (name: string) => screen.getByRole('slider', { name })
const part = () => [field('In'), field('Out')].map((input) => (input as HTMLInputElement).value)
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.body, { key, ...more })

const scan = (found: Partial<Scan>): Scan => ({
  span: { start: 0, end: 20 },
  cuts: [],
  jumps: [],
  frozen: [],
  still: [],
  black: [],
  fast: [],
  ...found,
})

describe('The timeline', () => {
  it('sets the in- and out-point at the playhead', async () => {
    await withClip()
    for (let step = 0; step < 4; step += 1) press('ArrowRight', { shiftKey: true })
    press('ArrowRight')
    press('i')
    expect(part()).toEqual(['0:01.367', '0:10.000'])
    for (let step = 0; step < 16; step += 1) press('ArrowRight', { shiftKey: true })
    press('o')
    expect(part()).toEqual(['0:01.367', '0:06.733'])
    expect(slider('Playhead')).toHaveAttribute('aria-valuetext', 'frame 202 of 600 · 0:06.700')
  })

  it('never throws the other end away without a word, and undoes it', async () => {
    await withClip()
    const stepTens = (count: number) => {
      for (let step = 0; step < Math.abs(count); step += 1)
        press(count < 0 ? 'ArrowLeft' : 'ArrowRight', { shiftKey: true })
    }
    stepTens(9)
    press('i')
    expect(part()).toEqual(['0:03.000', '0:10.000'])
    stepTens(3)
    press('o')
    expect(part()).toEqual(['0:03.000', '0:06.000'])
    expect(screen.getByText(/^Out stopped at 0:06.000: at least 3 s/)).toBeVisible()
    stepTens(-2)
    press('i')
    expect(part()).toEqual(['0:03.333', '0:06.333'])
    expect(screen.getByText(/^Out moved to 0:06.333: at least 3 s/)).toBeVisible()
    stepTens(30)
    press('i')
    expect(part()).toEqual(['0:13.333', '0:16.333'])
    expect(screen.getByText(/^Out moved to 0:16.333: the length is kept/)).toBeVisible()
    stepTens(-39)
    press('i')
    expect(part()).toEqual(['0:00.333', '0:10.333'])
    expect(screen.getByText(/^Out moved to 0:10.333: at most 10 s/)).toBeVisible()
    press('z', { ctrlKey: true })
    expect(part()).toEqual(['0:13.333', '0:16.333'])
    expect(screen.queryByText(/^(In|Out) (moved|stopped)/)).not.toBeInTheDocument()
  })

  it('never lets a key break a limit', async () => {
    const studio = await withClip()
    slider('Out-point').focus()
    await studio.user.keyboard('{ArrowRight}{End}{PageUp}')
    expect(part()).toEqual(['0:00.000', '0:10.000'])
    expect(screen.getByText(/Hold Shift to move the other end too/)).toBeVisible()
    await studio.user.keyboard('{Home}')
    expect(part()).toEqual(['0:00.000', '0:03.000'])
    slider('Whole part').focus()
    await studio.user.keyboard('{End}')
    expect(part()).toEqual(['0:17.000', '0:20.000'])
  })

  it('keeps a typed length over every change of the framing, and says where less of it is performed', async () => {
    const studio = await withClip()
    const turnTo = (name: RegExp) => studio.user.click(screen.getByRole('radio', { name }))
    const typeLength = async (text: string) => {
      await studio.user.clear(field('Length'))
      await studio.user.type(field('Length'), `${text}{Enter}`)
    }
    await turnTo(/^Keep the video/)
    await typeLength('12')
    await turnTo(/^Keep the picture/)
    expect(part()).toEqual(['0:00.000', '0:10.000'])
    expect(screen.getByText(/^You chose 12 s, but this framing allows at most 10 s/)).toBeVisible()
    await waitFor(() => {
      expect(studio.askedFor('take:check').at(-1)).toMatchObject({ window: { start: 0, length: null } })
    })
    await turnTo(/^Keep the video/)
    expect(part()).toEqual(['0:00.000', '0:12.000'])
    expect(screen.queryByText(/^You chose/)).not.toBeInTheDocument()
    await waitFor(() => {
      expect(studio.askedFor('take:check').at(-1)).toMatchObject({ window: { start: 0, length: 12 } })
    })
    await turnTo(/^Keep the picture/)
    press('z', { ctrlKey: true })
    press('z', { ctrlKey: true, shiftKey: true })
    await turnTo(/^Keep the video/)
    expect(part()).toEqual(['0:00.000', '0:12.000'])
    await turnTo(/^Keep the picture/)
    await typeLength('10')
    await turnTo(/^Keep the video/)
    expect(part()).toEqual(['0:00.000', '0:10.000'])
  })

  it('takes a remark back when the limits or the part it was about are others', async () => {
    const studio = await withClip()
    await studio.user.clear(field('Length'))
    await studio.user.type(field('Length'), '15{Enter}')
    expect(screen.getByText(/^Moved to the limit/)).toBeVisible()
    await studio.user.click(screen.getByRole('radio', { name: /^Keep the video/ }))
    expect(screen.queryByText(/^Moved to the/)).not.toBeInTheDocument()
    await studio.user.click(screen.getByRole('radio', { name: /^Keep the picture/ }))
    await studio.user.clear(field('Out'))
    await studio.user.type(field('Out'), '2{Enter}')
    expect(screen.getByText(/^Moved to the limit/)).toBeVisible()
    for (let step = 0; step < 3; step += 1) press('ArrowRight')
    press('i')
    expect(screen.queryByText(/^Moved to the/)).not.toBeInTheDocument()
  })

  it('says each handle’s time and frame', async () => {
    await withClip()
    expect(slider('In-point')).toHaveAttribute('aria-valuetext', '0:00.000, frame 1')
    expect(slider('Out-point')).toHaveAttribute('aria-valuetext', '0:10.000, frame 300')
    expect(slider('Whole part')).toHaveAttribute('aria-valuetext', '0:00.000 to 0:10.000')
  })

  it('takes typed places in every form, and says what is odd about others', async () => {
    const studio = await withClip()
    const type = async (name: string, text: string) => {
      await studio.user.clear(field(name))
      await studio.user.type(field(name), `${text}{Enter}`)
    }
    await type('In', 'f31')
    expect(part()).toEqual(['0:01.000', '0:10.000'])
    await type('Out', '00:00:07:15')
    expect(part()).toEqual(['0:01.000', '0:07.500'])
    await type('Out', '0:25')
    expect(screen.getByText('The clip ends at 0:20.000.')).toBeVisible()
    await type('In', 'f900')
    expect(screen.getByText('The clip has 600 frames.')).toBeVisible()
    await type('Length', '1:75')
    expect(screen.getByRole('alert')).toHaveTextContent('Seconds go up to 59')
    expect(field('Length')).toBeInvalid()
    await studio.user.keyboard('{Escape}')
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
    expect(part()).toEqual(['0:01.000', '0:07.500'])
  })

  it('undoes and redoes window and fit alike, by key and by button', async () => {
    const studio = await withClip()
    expect(screen.getByRole('button', { name: 'Undo' })).toBeDisabled()
    slider('In-point').focus()
    await studio.user.keyboard('{ArrowRight}')
    useApp.getState().changeFit({ background: '#112233' })
    await studio.user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(useApp.getState().takeSettings.fit.background).toBe('#ffffff')
    expect(part()[0]).toBe('0:00.033')
    press('z', { ctrlKey: true })
    expect(part()[0]).toBe('0:00.000')
    press('Z', { ctrlKey: true, shiftKey: true })
    press('y', { ctrlKey: true })
    expect(part()[0]).toBe('0:00.033')
    expect(useApp.getState().takeSettings.fit.background).toBe('#112233')
    expect(screen.getByRole('button', { name: 'Redo' })).toBeDisabled()
  })

  it('makes one step of a held key', async () => {
    await withClip()
    const handle = slider('In-point')
    handle.focus()
    fireEvent.keyDown(handle, { key: 'ArrowRight' })
    for (let step = 0; step < 20; step += 1) fireEvent.keyDown(handle, { key: 'ArrowRight', repeat: true })
    expect(part()[0]).toBe('0:00.700')
    press('z', { ctrlKey: true })
    expect(part()[0]).toBe('0:00.000')
  })

  it('starts a history of its own for another clip, and never breaks a limit by an undo', async () => {
    const studio = await withClip()
    await studio.user.click(screen.getByRole('radio', { name: /^Keep the video/ }))
    await waitFor(() => {
      expect(part()).toEqual(['0:00.000', '0:20.000'])
    })
    slider('Out-point').focus()
    await studio.user.keyboard('{ArrowLeft}{ArrowLeft}')
    await studio.user.click(screen.getByRole('radio', { name: /^Keep the picture/ }))
    press('z', { ctrlKey: true })
    expect(part()).toEqual(['0:00.000', '0:10.000'])
    await studio.user.click(screen.getByRole('button', { name: 'Remove the clip' }))
    const transfer = { files: [new File(['x'], 'other.mp4')], types: ['Files'] }
    studio.addFile({ name: 'other.mp4', facts: aClip(long) })
    fireEvent.drop(document.body, { dataTransfer: transfer })
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeDisabled()
  })

  it('leaves plain keys to whoever writes', async () => {
    const studio = await withClip()
    press('ArrowRight', { shiftKey: true })
    await studio.user.type(screen.getByRole('textbox', { name: /^Prompt/ }), 'oil is jolly')
    expect(part()).toEqual(['0:00.000', '0:10.000'])
  })

  it('shows what was found in the clip, and takes the longest part without a cut', async () => {
    const studio = await withClip(long, (fake) => {
      fake.answer('clip:scan', async () =>
        ok(scan({ cuts: [4, 12], jumps: [15], black: [{ start: 18, end: 19 }] })),
      )
    })
    const found = await screen.findByRole('list', { name: 'What was found in the clip' })
    expect(found).toHaveTextContent('Cut × 2')
    expect(found).toHaveTextContent('Camera jump')
    expect(found).toHaveTextContent('Black')
    expect(within(found).queryByText('Frozen')).not.toBeInTheDocument()
    await studio.user.click(screen.getByRole('button', { name: 'Cut at 0:04.000, frame 121' }))
    expect(slider('Playhead')).toHaveAttribute('aria-valuetext', 'frame 121 of 600 · 0:04.000')
    await studio.user.click(screen.getByRole('button', { name: 'Use the longest part without a cut' }))
    expect(part()).toEqual(['0:04.000', '0:12.000'])
  })

  it('offers no span that is shorter than allowed', async () => {
    await withClip(long, (fake) => {
      const cuts = Array.from({ length: 9 }, (_, index) => 2 * (index + 1))
      fake.answer('clip:scan', async () => ok(scan({ cuts })))
    })
    expect(await screen.findByText('Cut × 9')).toBeVisible()
    expect(screen.queryByRole('button', { name: /longest span/ })).not.toBeInTheDocument()
  })

  it('says when the clip is shorter than allowed', async () => {
    await withClip({ duration: 2, frames: 60 })
    expect(screen.getByText(/^This clip is 2 s long, but this framing needs at least 3 s/)).toBeVisible()
    expect(part()).toEqual(['0:00.000', '0:02.000'])
  })

  it('snaps to the frames there are where they come unevenly', async () => {
    const times = Array.from({ length: 300 }, (_, index) => index / 30 + (index % 7 === 3 ? 0.015 : 0))
    const studio = await withClip({ duration: 10, frames: 300, variableFrameRate: true }, (fake) => {
      fake.answer('clip:frame-times', async () => ok(times))
    })
    slider('In-point').focus()
    await studio.user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
    expect(part()[0]).toBe('0:00.115')
    await studio.user.keyboard('{ArrowRight}')
    expect(part()[0]).toBe('0:00.133')
  })

  it('lists its keys', async () => {
    const studio = await withClip()
    await studio.user.click(screen.getByRole('button', { name: 'Keyboard shortcuts' }))
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(sheet).toHaveTextContent('Start the part here, end it here')
    press('i')
    expect(within(sheet).getByText('Undo')).toBeVisible()
  })

  it('stops looking at a clip that is taken out', async () => {
    const { promise } = later<never>()
    const studio = openWindow({}, (fake) => {
      fake.answer('clip:scan', () => promise)
    })
    await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
    await waitFor(() => {
      expect(studio.askedFor('clip:scan')).toHaveLength(1)
    })
    const call = useApp.getState().clipLook?.pending['clip:scan']
    await studio.user.click(screen.getByRole('button', { name: 'Remove the clip' }))
    expect(studio.askedFor('call:cancel')).toContainEqual({ call })
  })
})
