import { expect } from 'vitest'
import { createFrameSource } from '../../../src/renderer/features/compare/engine/frame-source.ts'
import { fakePackets, fakeTimers, FakeDecoders, FakePictures } from './fake-frames.ts'
import { FakeScreen } from './fake-players.ts'

type Clip = Partial<Parameters<typeof fakePackets>[0]>
type Device = Partial<ConstructorParameters<typeof FakeDecoders>[0]>

/** The real window of frames over fake decoders. */
export function opened(clip: Clip = {}, device: Device = {}) {
  const screen = new FakeScreen()
  const pictures = new FakePictures(screen)
  const packets = fakePackets({ frames: 500, gop: 250, ...clip })
  const decoders = new FakeDecoders({ screen, pictures, packets, ...device })
  const errors: unknown[] = []
  const source = createFrameSource({
    ...fakeTimers(screen),
    createDecoder: decoders.create,
    packets,
    sides: 2,
    onFrame: () => undefined,
    onError: (error) => errors.push(error),
  })
  return { screen, pictures, decoders, errors, source }
}

export type Opened = ReturnType<typeof opened>

/** Wants a frame and lets time pass until it is there; the milliseconds it took. */
export async function until({ screen, source }: Opened, frame: number): Promise<number> {
  const began = screen.now
  for (let turn = 0; turn < 5000 && !source.has(frame); turn += 1) await screen.advance(1)
  expect(source.has(frame), `frame ${String(frame)}`).toBe(true)
  return screen.now - began
}
