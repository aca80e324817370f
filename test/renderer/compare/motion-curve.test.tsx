import '@testing-library/jest-dom/vitest'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MotionCurve, useMotionFold } from '../../../src/renderer/features/compare/MotionCurve.tsx'
import type { TakeMotion } from '../../../src/shared/domain/motion.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { createFakeBridge } from '../../support/window/fake-bridge.ts'
import { createFakePlaces } from '../../support/window/fake-places.ts'

beforeEach(() => {
  localStorage.clear()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const take = aTake({ state: 'DONE' })
const step = 1 / 30
const moving = (seconds: number) => Array.from({ length: seconds * 30 }, () => 200)
/** A curve is averaged over a tenth of a second, which hides the first and the last moment of a pause. */
const pausing = moving(8).map((value, index) => (index >= 62 && index < 118 ? 0 : value))

/** Ten seconds of motion; the result stands still from 2 to 4 s and ends after 8. */
const motion: TakeMotion = {
  reference: { step, values: moving(10) },
  result: { step, values: pausing },
  freezes: [],
  shorter: {
    frame: 240,
    time: 8,
    seen: { kind: 'cut', start: 8, end: 8 },
    message: 'The result ends at 8.0 s, at frame 241 of the clip. The clip has a cut at 8.0 s.',
  },
}

function openCurve(offset = 0) {
  const fake = createFakeBridge({ takes: [take] })
  fake.answer('take:motion', () => Promise.resolve(ok(motion)))
  vi.stubGlobal('understudy', fake.bridge)
  const places = createFakePlaces({ time: 0, frames: [0, 0] })
  const heard = { onSeek: vi.fn(), onSeekEnd: vi.fn() }
  const panel = (
    <MotionCurve takeId={take.id} offset={offset} clock={{ start: 0, end: 10 }} places={places} {...heard} />
  )
  return { fake, places, panel, show: () => render(panel), ...heard }
}

it('tells where the result stands still and why it is shorter, and leads there', async () => {
  const { fake, show, onSeek, onSeekEnd } = openCurve()
  show()
  const freeze = await screen.findByRole('button', {
    name: /^The result stands still from 2\.0 to 4\.0 s\.$/,
  })
  await userEvent.click(freeze)
  expect(onSeek.mock.lastCall?.[0]).toBeCloseTo(2, 6)
  await userEvent.click(screen.getByRole('button', { name: /^The result ends at 8\.0 s/ }))
  expect(onSeek).toHaveBeenLastCalledWith(8)
  expect(onSeekEnd).toHaveBeenCalledTimes(2)
  expect(fake.askedFor('take:motion')).toEqual([{ take: take.id }])
})

it('marks the freeze and the cut where they are on the shared clock', async () => {
  const { show } = openCurve(1)
  const { container } = show()
  await screen.findByRole('button', { name: /stands still from 3\.0 to 5\.0 s/ })
  const freeze = container.querySelector('[data-freeze]')
  expect(Number(freeze?.getAttribute('x'))).toBeCloseTo(300, 3)
  expect(Number(freeze?.getAttribute('width'))).toBeCloseTo(200, 3)
  expect(container.querySelector('[data-cut]')).toHaveAttribute('x1', '800')
})

it('goes to where it is clicked or dragged, and shows where the comparison is', async () => {
  const { show, places, onSeek, onSeekEnd } = openCurve()
  const { container } = show()
  await screen.findByRole('img')
  const curve = container.querySelector<HTMLElement>('[data-motion]')
  if (!curve) throw new Error('no curve')
  // jsdom lays nothing out and captures no pointer.
  curve.getBoundingClientRect = () => new DOMRect(100, 0, 500, 56)
  curve.setPointerCapture = vi.fn()
  curve.hasPointerCapture = () => true
  fireEvent.pointerDown(curve, { button: 0, clientX: 350 })
  fireEvent.pointerMove(curve, { clientX: 400 })
  fireEvent.pointerMove(curve, { clientX: 900 })
  fireEvent.lostPointerCapture(curve)
  expect(onSeek.mock.calls).toEqual([[5], [6], [10]])
  expect(onSeekEnd).toHaveBeenCalledOnce()
  act(() => {
    places.show({ time: 2.5, frames: [75, 75] })
  })
  await waitFor(() => {
    expect(curve.lastElementChild).toHaveStyle({ left: '25%' })
  })
})

it('is folded until it is asked for, stays as it was left, and asks for nothing while it is folded', async () => {
  const { fake, panel } = openCurve()
  function Folding() {
    const [isOpen, toggle] = useMotionFold()
    return (
      <>
        <button onClick={toggle}>Motion</button>
        {isOpen && panel}
      </>
    )
  }
  const { unmount } = render(<Folding />)
  expect(fake.askedFor('take:motion')).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Motion' }))
  expect(await screen.findByRole('img')).toBeVisible()
  unmount()
  const again = render(<Folding />)
  expect(await screen.findByRole('img')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Motion' }))
  expect(screen.queryByRole('img')).toBeNull()
  again.unmount()
  render(<Folding />)
  expect(screen.queryByRole('img')).toBeNull()
  expect(fake.askedFor('take:motion')).toHaveLength(2)
})

it('says why there is no curve, and asks again on request', async () => {
  const { fake, show } = openCurve()
  fake.answer('take:motion', () => Promise.resolve(fail('file-missing', 'The result of this take is gone.')))
  show()
  expect(await screen.findByRole('alert')).toHaveTextContent('The result of this take is gone.')
  fake.answer('take:motion', () => Promise.resolve(ok(motion)))
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('img')).toBeVisible()
})
