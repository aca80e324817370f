import { afterEach, expect, it, vi } from 'vitest'
import {
  decodeFrame,
  originalStills,
} from '../../../../src/renderer/features/compare/engine/original-stills.ts'
import type { FrameSource } from '../../../../src/renderer/features/compare/engine/frame-source.ts'
import type { PlayableVideo } from '../../../../src/shared/domain/views.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

type FakeImage = { readonly name: string; closed: boolean; readonly close: () => void }

const image = (name: string): FakeImage => {
  const made: FakeImage = { name, closed: false, close: () => (made.closed = true) }
  return made
}

const video: PlayableVideo = {
  ...{ url: 'big.mp4', clockStart: 0, width: 1920, height: 1080, duration: 1, hasSound: false },
  frameTimes: [0, 0.5],
}

/** A side on the screen, of which a smaller copy plays if it has an original. */
const side = (name: string, original: PlayableVideo | null) => ({
  picture: {
    ...{ side: name, frame: 1, width: 1920, height: 1080 },
    // The parts of them that are used.
    image: image(name) as unknown as CanvasImageSource,
  },
  original,
})

const decoded = (frame: FakeImage | null) => () => Promise.resolve(frame as unknown as VideoFrame | null)

it('a still has the frame of the original where a smaller copy plays, and the others as they were on the screen', async () => {
  const held: FakeImage[] = []
  vi.stubGlobal('createImageBitmap', ({ name }: FakeImage) => {
    const bitmap = image(`held ${name}`)
    held.push(bitmap)
    return Promise.resolve(bitmap)
  })
  const big = image('big')
  const { pictures, fromCopy, close } = await originalStills(
    [side('reference', null), side('result', video)],
    decoded(big),
  )
  expect(pictures.map((one) => (one.image as unknown as FakeImage).name)).toEqual(['held reference', 'big'])
  expect([fromCopy, big.closed]).toEqual([false, false])
  close()
  expect([big, ...held].every(({ closed }) => closed)).toBe(true)
})

it('a still says that it comes from the copy where the original can not be decoded', async () => {
  vi.stubGlobal('createImageBitmap', ({ name }: FakeImage) => Promise.resolve(image(`held ${name}`)))
  const { pictures, fromCopy } = await originalStills([side('result', video)], decoded(null))
  expect((pictures[0]?.image as unknown as FakeImage).name).toBe('held result')
  expect(fromCopy).toBe(true)
})

it('a still of originals takes the pictures on the screen', async () => {
  const sides = [side('reference', null)]
  const { pictures } = await originalStills(sides, decoded(null))
  expect(pictures).toEqual(sides.map(({ picture }) => picture))
})

it('one frame is decoded from a file that is closed again, and a file that breaks gives none', async () => {
  for (const breaks of [false, true]) {
    let closed = 0
    let frame: FakeImage | null = null
    const copy = image('copy')
    const got = await decodeFrame(video, 1, (_video, _side, _sides, { onFrame, onError }) => {
      const source = {
        want: () => {
          onFrame()
          frame = image('decoded')
          if (breaks) onError(0, new Error('broken'))
          else onFrame()
          onFrame()
        },
        get: () => frame && { clone: () => copy },
        close: () => (closed += 1),
      }
      return Promise.resolve({ ok: true, seeksSlowly: false, source: source as unknown as FrameSource })
    })
    expect([got, closed]).toEqual([breaks ? null : copy, 1])
  }
})
