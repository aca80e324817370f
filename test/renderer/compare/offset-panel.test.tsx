import '@testing-library/jest-dom/vitest'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { OffsetPanel } from '../../../src/renderer/features/compare/OffsetPanel.tsx'
import type { FoundOffset } from '../../../src/shared/domain/offset.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { createFakeBridge } from '../../support/window/fake-bridge.ts'
import { createFakePlaces } from '../../support/window/fake-places.ts'
import { steadyTimes } from '../../support/window/fake-players.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const take = aTake({ state: 'DONE' })
const video = (rate: number) => ({ frameTimes: steadyTimes(rate, 10), duration: 10 })
const videos = { reference: video(30), result: video(25) }

function openPanel() {
  const fake = createFakeBridge({ takes: [take] })
  vi.stubGlobal('understudy', fake.bridge)
  const places = createFakePlaces({ time: 0, frames: [0, 0] })
  const onSeek = vi.fn()
  const applied = vi.fn()
  function Page() {
    const [offset, setOffset] = useState(0)
    return (
      <OffsetPanel
        takeId={take.id}
        offset={offset}
        videos={videos}
        places={places}
        index={1}
        onOffset={(next) => {
          applied(next)
          setOffset(next)
        }}
        onSeek={onSeek}
      />
    )
  }
  render(<Page />)
  const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))
  return { fake, places, onSeek, applied, press, field: screen.getByRole('textbox') }
}

const found = (about: Partial<FoundOffset>): Outcome<FoundOffset> =>
  ok({
    verdict: 'none',
    by: null,
    offset: null,
    slope: 0,
    candidates: [],
    sound: null,
    motion: null,
    ...about,
  })

it('moves the result by frames of the finer side and by tenths of a second, and back to nothing', async () => {
  const { press, field, applied } = openPanel()
  expect(field).toHaveValue('0 frames · 0.000 s')
  expect(field).toHaveAccessibleDescription('First frames together')
  await press('One frame later')
  await press('0.1 s earlier')
  expect(field).toHaveValue('−2 frames · 0.067 s')
  expect(field).toHaveAccessibleDescription('Result earlier')
  await press('No offset')
  expect(applied).toHaveBeenLastCalledWith(0)
})

it('takes a typed offset in frames or seconds, and says what is wrong with another text', async () => {
  const { field, applied } = openPanel()
  await userEvent.click(field)
  await userEvent.keyboard('12f{Enter}')
  expect(applied).toHaveBeenLastCalledWith(expect.closeTo(0.4, 9))
  expect(field).toHaveValue('+12 frames · 0.400 s')
  await userEvent.click(field)
  await userEvent.keyboard('late{Enter}')
  expect(field).toHaveAccessibleDescription('Type frames such as 12f, or seconds such as 0.4.')
  await userEvent.clear(field)
  await userEvent.keyboard('10{Enter}')
  expect(field).toHaveAccessibleDescription('The reference is 10 s long. Type less.')
  await userEvent.clear(field)
  await userEvent.keyboard('5{Escape}')
  expect(field).toHaveValue('+12 frames · 0.400 s')
  expect(applied).toHaveBeenCalledOnce()
})

it('brings two marked frames together, goes there, and can be undone', async () => {
  const { places, press, applied, onSeek, field } = openPanel()
  act(() => {
    places.show({ time: 2, frames: [60, 50] })
  })
  await press('Mark the reference')
  expect(screen.getByText('Now find the same moment in the result and mark it.')).toBeVisible()
  act(() => {
    places.show({ time: 1, frames: [30, 25] })
  })
  await press('Mark the result')
  expect(applied).toHaveBeenLastCalledWith(1)
  expect(onSeek).toHaveBeenLastCalledWith(2)
  expect(screen.getByText('Reference frame 61 is shown with result frame 26.')).toBeVisible()
  await press('Undo')
  expect(field).toHaveValue('0 frames · 0.000 s')
})

it('finds a sure offset, applies it, says by what, and takes it back on request', async () => {
  const { fake, press, field } = openPanel()
  fake.answer('take:find-offset', () => Promise.resolve(found({ verdict: 'sure', by: 'sound', offset: 0.5 })))
  await press('Find')
  expect(await screen.findByText('The result is now 0.5 s later.')).toBeVisible()
  expect(screen.getByText(/Found by sound/)).toBeVisible()
  expect(field).toHaveValue('+15 frames · 0.500 s')
  expect(fake.askedFor('take:find-offset')).toEqual([{ take: take.id }])
  await press('Undo')
  expect(field).toHaveValue('0 frames · 0.000 s')
  expect(screen.queryByText('The result is now 0.5 s later.')).toBeNull()
})

it('applies none of several candidates until one is chosen, and lets the other one be tried', async () => {
  const { fake, press, applied } = openPanel()
  const candidates = [
    { offset: 0.5, by: 'sound' },
    { offset: -1, by: 'motion' },
  ] as const
  fake.answer('take:find-offset', () => Promise.resolve(found({ verdict: 'ambiguous', candidates })))
  await press('Find')
  const second = await screen.findByRole('button', { name: 'By motion: 1 s earlier' })
  expect(applied).not.toHaveBeenCalled()
  await press('By sound: 0.5 s later')
  await press('By motion: 1 s earlier')
  expect(applied.mock.calls).toEqual([[0.5], [-1]])
  expect(second).toHaveAttribute('aria-pressed', 'true')
  await press('Undo')
  expect(applied).toHaveBeenLastCalledWith(0)
})

it('applies nothing that is found after it was cancelled, or after the offset was set by hand', async () => {
  const { fake, press, applied } = openPanel()
  const answers: ((outcome: Outcome<FoundOffset>) => void)[] = []
  fake.answer('take:find-offset', () => new Promise((resolve) => answers.push(resolve)))
  const late = async () => {
    await act(async () => {
      answers.at(-1)?.(found({ verdict: 'sure', by: 'sound', offset: 3 }))
      await Promise.resolve()
    })
  }
  await press('Find')
  await press('Cancel')
  await late()
  expect(fake.askedFor('call:cancel')).toHaveLength(1)
  await press('Find')
  await press('One frame later')
  await late()
  expect(answers).toHaveLength(2)
  expect(applied.mock.calls).toEqual([[expect.closeTo(1 / 30, 9)]])
})

it('says how far it is, and why nothing could be compared', async () => {
  const { fake, press } = openPanel()
  const ids: (string | undefined)[] = []
  let end: (outcome: Outcome<FoundOffset>) => void = () => undefined
  fake.answer('take:find-offset', (_args: unknown, call?: string) => {
    ids.push(call)
    return new Promise((resolve) => {
      end = resolve
    })
  })
  await press('Find')
  act(() => {
    fake.announce('call:progress', { call: ids[0] ?? '', fraction: 0.5 })
  })
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50')
  act(() => {
    end(fail('file-missing', 'The result of this take is gone.', { advice: 'Put it back.' }))
  })
  await waitFor(() => {
    expect(screen.getByRole('alert')).toHaveTextContent('The result of this take is gone.Put it back.')
  })
  await press('Close this message')
  expect(screen.queryByRole('alert')).toBeNull()
})
