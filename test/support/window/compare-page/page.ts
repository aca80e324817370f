import { type PairStatus, browserScheduler } from '../../../../src/renderer/features/compare/pair-types.ts'
import { createPlayerPair } from '../../../../src/renderer/features/compare/player-pair.ts'
import type { Sound } from '../../../../src/renderer/features/compare/sound.ts'
import { createSyncMeter } from '../../../../src/renderer/features/compare/sync-meter.ts'
import type { PerSide, Side } from '../../../../src/renderer/features/compare/shared-clock.ts'
import type { PlayableVideo } from '../../../../src/shared/domain/views.ts'
import type { ShownLog } from './measure.ts'

/** The engine alone in a page, with an observer of its own that knows nothing of the engine's measuring. */

const blocks = 10

const element = (side: Side): HTMLVideoElement => {
  const found = document.getElementById(side)
  if (!(found instanceof HTMLVideoElement)) throw new Error(`No ${side} video in the page`)
  return found
}
const elements = { reference: element('reference'), result: element('result') }

function open(videos: PerSide<PlayableVideo>, sound: Sound) {
  const meter = createSyncMeter(10_000)
  const seeks = { reference: 0, result: 0 }
  const shown: ShownLog = []
  for (const side of ['reference', 'result'] as const) {
    const video = elements[side]
    video.src = videos[side].url
    video.addEventListener('seeking', () => (seeks[side] += 1))
    const watch = () => {
      video.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
        shown.push({ side, mediaTime, at: expectedDisplayTime })
        watch()
      })
    }
    watch()
  }
  let status: PairStatus | null = null
  const heard = new Set<() => void>()
  const pair = createPlayerPair({
    players: elements,
    videos,
    sound,
    volume: 0.3,
    scheduler: browserScheduler,
    onStatus: (next) => {
      status = next
      for (const listener of heard) listener()
    },
    onReading: () => undefined,
    onDrift: meter.record,
  })
  const until = (wanted: (status: PairStatus) => boolean) =>
    new Promise<void>((resolve) => {
      const listener = () => {
        if (status === null || !wanted(status)) return
        heard.delete(listener)
        resolve()
      }
      heard.add(listener)
      listener()
    })
  return {
    pair,
    meter,
    seeks,
    shown,
    settled: () => until(({ phase, settled }) => phase === 'paused' && settled),
    wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    /** The numbers that the two pictures carry, read off the pictures themselves. */
    numbers: async () => {
      await painted()
      return { reference: readNumber(elements.reference), result: readNumber(elements.result) }
    },
  }
}

/** A picture that has been decoded is on the screen one repaint later. */
const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        resolve()
      })
    })
  })

const canvas = document.createElement('canvas')
const context = canvas.getContext('2d', { willReadFrequently: true })

function readNumber(video: HTMLVideoElement): number {
  if (!context) throw new Error('This browser has no canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  context.drawImage(video, 0, 0)
  const row = Math.round(video.videoHeight / 8)
  let number = 0
  for (let block = 0; block < blocks; block += 1) {
    const column = Math.round(((block + 0.5) * video.videoWidth) / blocks)
    const [red = 0] = context.getImageData(column, row, 1, 1).data
    if (red > 128) number += 2 ** block
  }
  return number
}

declare global {
  interface Window {
    harness: { readonly open: typeof open; opened?: ReturnType<typeof open> }
  }
}

window.harness = { open }
