import { cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PosterButton } from '../../../src/renderer/features/compare/PosterButton.tsx'
import { createReadings } from '../../../src/renderer/features/compare/pair-types.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { createFakeBridge } from '../../support/window/fake-bridge.ts'

const take = aTake({ state: 'DONE' })
const result = { frameTimes: [0, 0.1, 0.2, 0.3], duration: 0.4 }

beforeEach(() => {
  useApp.setState(useApp.getInitialState(), true)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function show() {
  const fake = createFakeBridge({ takes: [take] })
  vi.stubGlobal('understudy', fake.bridge)
  const readings = createReadings()
  readings.publish({ time: 0.5, wanted: 0.5, frames: [7, 2, 3] })
  render(<PosterButton take={take.id} result={result} readings={readings} index={1} />)
  const press = () => userEvent.click(screen.getByRole('button', { name: 'Use this frame as poster' }))
  return { fake, press }
}

it('asks for the painted frame of the result, well inside it, and shows the new poster', async () => {
  const { fake, press } = show()
  const pictures = { character: null, clip: null, result: 'media://local/poster?2' }
  fake.answer('take:poster', async () => ok(pictures))
  await press()
  const [asked] = fake.askedFor('take:poster')
  expect(asked?.at).toBeGreaterThan(0.2)
  expect(asked?.at).toBeLessThan(0.3)
  expect(useApp.getState().takePictures[take.id]).toEqual(pictures)
})

it('leads back to the poster that the core picks', async () => {
  const { fake, press } = show()
  await press()
  useApp.getState().notices[0]?.action?.run()
  await vi.waitFor(() => {
    expect(fake.askedFor('take:poster').at(-1)).toEqual({ take: take.id, at: null })
  })
})

it('says why there is no new poster', async () => {
  const { fake, press } = show()
  fake.answer('take:poster', async () => fail('disk-full', 'There is no room.'))
  await press()
  expect(useApp.getState().notices).toMatchObject([{ title: 'There is no room.' }])
})
