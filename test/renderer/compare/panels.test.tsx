import '@testing-library/jest-dom/vitest'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createRef } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Place } from '../../../src/renderer/features/compare/places.ts'
import { SettingsDiff } from '../../../src/renderer/features/compare/SettingsDiff.tsx'
import { SpeedControl } from '../../../src/renderer/features/compare/SpeedControl.tsx'
import { TakesBar } from '../../../src/renderer/features/compare/TakesBar.tsx'
import { TimeField, type TimeFieldHandle } from '../../../src/renderer/features/compare/TimeField.tsx'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'
import { steadyTimes } from '../../support/window/fake-players.ts'
import { createFakePlaces } from '../../support/window/fake-places.ts'

afterEach(cleanup)

describe('the time', () => {
  const video = (rate: number) => ({ frameTimes: steadyTimes(rate, 10), duration: 10 })
  const videos = { reference: video(30), result: video(24) }
  const shown: Place = { time: 3.267, frames: [97, 5, 77] }

  function openField() {
    const places = createFakePlaces(shown)
    const onSeek = vi.fn()
    const ref = createRef<TimeFieldHandle>()
    render(
      <TimeField
        ref={ref}
        places={places}
        videos={videos}
        clock={{ start: 0, end: 10 }}
        index={2}
        offset={0.1}
        onSeek={onSeek}
      />,
    )
    return {
      field: screen.getByRole<HTMLInputElement>('textbox', { name: 'Time or frame' }),
      places,
      onSeek,
      ref,
    }
  }

  it('is shown with the frames of both sides, counted from one, and follows the picture', () => {
    const { field, places } = openField()
    expect(field).toHaveValue('0:03.27')
    expect(screen.getByText('reference frame 98 · result frame 78 · offset +3 f')).toBeVisible()
    act(() => {
      places.show({ time: 4, frames: [120, 0, 96] })
    })
    expect(field).toHaveValue('0:04.00')
    expect(screen.getByText('reference frame 121 · result frame 97 · offset +3 f')).toBeVisible()
  })

  it('goes where a typed time or frame leads, and the picture does not overwrite it meanwhile', async () => {
    const { field, places, onSeek } = openField()
    await userEvent.click(field)
    await userEvent.keyboard('2.')
    act(() => {
      places.show({ time: 4, frames: [120, 0, 96] })
    })
    await userEvent.keyboard('5{Enter}')
    expect(onSeek).toHaveBeenLastCalledWith(2.5)
    expect(field).not.toHaveFocus()
    await userEvent.click(field)
    await userEvent.keyboard('31f{Enter}')
    expect(onSeek).toHaveBeenLastCalledWith(1)
    expect(onSeek).toHaveBeenCalledTimes(2)
  })

  it('says what is wrong with a text, and shows the time again after Escape', async () => {
    const { field, onSeek, ref } = openField()
    act(() => ref.current?.goTo())
    await userEvent.keyboard('301f{Enter}')
    expect(screen.getByRole('alert')).toHaveTextContent('The reference has frames 1 to 300.')
    expect(field).toHaveAccessibleDescription('The reference has frames 1 to 300.')
    await userEvent.keyboard('{Escape}')
    expect(field).toHaveValue('0:03.27')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(onSeek).not.toHaveBeenCalled()
  })

  it('is copied with frames and offset, and says so', async () => {
    const user = userEvent.setup()
    const { ref } = openField()
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    act(() => ref.current?.copyPlace())
    expect(write).toHaveBeenCalledWith('0:03.27 · reference frame 98 · result frame 78 · offset +3 f')
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
    write.mockRejectedValue(new Error('no'))
    await user.click(screen.getByRole('button', { name: 'Copied' }))
    expect(await screen.findByRole('button', { name: 'Not copied. Select it and copy it.' })).toBeVisible()
  })
})

describe('the compared takes', () => {
  const takes = ['A', 'B'].map((name) =>
    aTake({ id: `01JD000000000000000000000${name}`, characterName: name }),
  )
  const other = aTake({ id: '01JD000000000000000000000C', characterName: 'C.png' })
  const [first = other, second = other] = takes

  function openBar(shown = takes) {
    const heard = { onChoose: vi.fn(), onFlip: vi.fn(), onAdd: vi.fn(), onRemove: vi.fn() }
    render(
      <main>
        <TakesBar takes={shown} chosen={first.id} heard={second.id} candidates={[other]} {...heard} />
      </main>,
    )
    return heard
  }

  it('show which one is chosen and which is heard, and are chosen and removed by a click', async () => {
    const heard = openBar()
    expect(screen.getByRole('button', { name: 'Take 1: A' })).toHaveAttribute('aria-pressed', 'true')
    await userEvent.click(screen.getByRole('button', { name: 'Take 2: B, heard' }))
    expect(heard.onChoose).toHaveBeenCalledExactlyOnceWith(second.id)
    await userEvent.click(screen.getByRole('button', { name: 'Remove take 2 from the comparison' }))
    expect(heard.onRemove).toHaveBeenCalledExactlyOnceWith(second.id)
    await userEvent.click(screen.getByRole('button', { name: 'Between the last two takes' }))
    expect(heard.onFlip).toHaveBeenCalledOnce()
  })

  it('get another finished take of the clip from a menu', async () => {
    const heard = openBar([first])
    expect(screen.queryByRole('button', { name: /Remove|Between/ })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Add take' }))
    await userEvent.click(screen.getByRole('menuitem', { name: /C\.png/ }))
    expect(heard.onAdd).toHaveBeenCalledExactlyOnceWith(other.id)
  })

  it('are four at most', () => {
    openBar([1, 2, 3, 4].map((number) => aTake({ id: `01JD000000000000000000000${String(number)}` })))
    expect(screen.queryByRole('button', { name: 'Add take' })).toBeNull()
  })

  it('list only the settings that differ, and of the prompts what changed', () => {
    const settings = { ...defaultTakeSettings, prompt: 'a slow dance' }
    render(
      <SettingsDiff
        takes={[
          { ...first, settings, characterName: 'A' },
          { ...second, settings: { ...settings, prompt: 'a fast dance' }, characterName: 'A' },
        ]}
      />,
    )
    const table = screen.getByRole('table')
    expect(within(table).getAllByRole('row')).toHaveLength(2)
    const row = within(table).getByRole('row', { name: /Prompt/ })
    expect(within(row).getByRole('deletion')).toHaveTextContent('slow')
    expect(within(row).getByRole('insertion')).toHaveTextContent('fast')
  })

  it('with the same settings are said to have them', () => {
    render(<SettingsDiff takes={[first, { ...second, characterName: first.characterName }]} />)
    expect(screen.getByText('These takes have the same settings.')).toBeVisible()
  })
})

it('the speed goes up and down by one, back to normal, and no further than its ends', async () => {
  const onSpeed = vi.fn()
  const { rerender } = render(<SpeedControl speed={0.5} onSpeed={onSpeed} />)
  await userEvent.click(screen.getByRole('button', { name: 'Faster' }))
  await userEvent.click(screen.getByRole('button', { name: 'Slower' }))
  await userEvent.click(screen.getByRole('button', { name: /0\.5×/ }))
  expect(onSpeed.mock.calls).toEqual([[0.75], [0.25], [1]])
  rerender(<SpeedControl speed={2} onSpeed={onSpeed} />)
  fireEvent.click(screen.getByRole('button', { name: 'Faster' }))
  expect(screen.getByRole('button', { name: 'Faster' })).toHaveAttribute('aria-disabled', 'true')
  expect(onSpeed).toHaveBeenLastCalledWith(2)
})
