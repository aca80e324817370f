import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { CompareView } from '../../../src/renderer/features/compare/CompareView.tsx'
import { useApp } from '../../../src/renderer/state/store.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { createFakeBridge } from '../../support/window/fake-bridge.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('is left with Escape while it opens, which ends the reading of its files', async () => {
  const take = aTake()
  const fake = createFakeBridge({ takes: [take] })
  let call: string | undefined
  fake.answer('take:compare', (_, id) => {
    call = id
    return new Promise(() => undefined)
  })
  vi.stubGlobal('understudy', fake.bridge)
  const onClose = vi.fn()
  const { unmount } = render(<CompareView takeId={take.id} onClose={onClose} />)
  await screen.findByRole('status')
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
  unmount()
  expect(call).toBeDefined()
  expect(fake.askedFor('call:cancel')).toEqual([{ call }])
})

it('says why a comparison cannot be opened, asks again on request, leads to its folder, and can be closed', async () => {
  const take = aTake()
  const fake = createFakeBridge({ takes: [take] })
  fake.answer('take:compare', () =>
    Promise.resolve(fail('file-missing', 'The result of this take is gone.', { advice: 'Put it back.' })),
  )
  vi.stubGlobal('understudy', fake.bridge)
  const onClose = vi.fn()
  const onReveal = vi.fn()
  render(<CompareView takeId={take.id} onClose={onClose} onReveal={onReveal} />)

  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The result of this take is gone.')
  expect(alert.textContent).toContain('Put it back.')

  await userEvent.click(screen.getByRole('button', { name: 'Show in folder' }))
  expect(onReveal).toHaveBeenCalledWith(take.id)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('alert')
  expect(fake.askedFor('take:compare')).toEqual([{ takes: [take.id] }, { takes: [take.id] }])

  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(onClose).toHaveBeenCalledOnce()
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledTimes(2)
})

it('leaves out another take that is trashed, and shows it again where it comes back', async () => {
  const [one, other] = [aTake({ id: `01JD${'1'.repeat(22)}` }), aTake({ id: `01JD${'2'.repeat(22)}` })]
  const video = {
    ...{ url: 'media://local/x', width: 640, height: 360, duration: 1, frameTimes: [0, 0.5] },
    ...{ clockStart: 0, hasSound: false },
  } as const
  const fake = createFakeBridge({ takes: [one, other] })
  fake.answer('take:compare', () =>
    Promise.resolve(ok({ reference: video, takes: [one, other].map((take) => ({ take, result: video })) })),
  )
  vi.stubGlobal('understudy', fake.bridge)
  // jsdom lays nothing out.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined
      disconnect = () => undefined
    },
  )
  useApp.setState({ takes: { [one.id]: one, [other.id]: other }, takeOrder: [other.id, one.id] })
  render(<CompareView takeId={one.id} others={[other.id]} onClose={vi.fn()} />)
  const compared = () => screen.queryAllByRole('button', { name: /^Remove / }).length
  await waitFor(() => {
    expect(compared()).toBe(2)
  })
  act(() => {
    useApp.getState().takesTrashed([other.id])
  })
  expect(compared()).toBe(0)
  act(() => {
    useApp.getState().putTake(other)
  })
  expect(compared()).toBe(2)
  expect(fake.askedFor('take:compare')).toHaveLength(1)
})
