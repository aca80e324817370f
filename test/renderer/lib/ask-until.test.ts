import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askUntil } from '../../../src/renderer/lib/ask-until.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { createFakeBridge } from '../../support/window/fake-bridge.ts'

let fake: ReturnType<typeof createFakeBridge>
/** The call the core was asked by, and what ends it. */
let asked: { readonly id: string | undefined; readonly answer: (media: string) => void }

beforeEach(() => {
  fake = createFakeBridge()
  fake.answer(
    'clip:playable',
    (_, id) =>
      new Promise((resolve) => {
        asked = {
          id,
          answer: (media) => {
            resolve(ok({ media }))
          },
        }
      }),
  )
  vi.stubGlobal('window', { understudy: fake.bridge })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const cancelledCalls = () => fake.askedFor('call:cancel')

it('cancels the call in the core once its signal fires, and not after its answer', async () => {
  const stop = new AbortController()
  const first = askUntil('clip:playable', { file: 'a clip' }, { signal: stop.signal })
  asked.answer('/media/one')
  expect(await first).toEqual(ok({ media: '/media/one' }))
  void askUntil('clip:playable', { file: 'a clip' }, { signal: stop.signal })
  const second = asked.id
  stop.abort()
  expect(cancelledCalls()).toEqual([{ call: second }])
})

it('cancels at once where the signal has fired before', () => {
  void askUntil('clip:playable', { file: 'a clip' }, { signal: AbortSignal.abort() })
  expect(cancelledCalls()).toEqual([{ call: asked.id }])
})

it('tells how far its own call is, until it is answered', async () => {
  const seen: (number | null)[] = []
  const onProgress = (fraction: number | null) => seen.push(fraction)
  const asking = askUntil(
    'clip:playable',
    { file: 'a clip' },
    { signal: new AbortController().signal, onProgress },
  )
  const call = asked.id ?? ''
  fake.announce('call:progress', { call, fraction: 0.5 })
  fake.announce('call:progress', { call: 'another', fraction: 0.9 })
  asked.answer('/media/one')
  await asking
  fake.announce('call:progress', { call, fraction: 1 })
  expect(seen).toEqual([0.5])
})
