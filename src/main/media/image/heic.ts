import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { cancelled, ok, type Outcome } from '../../../shared/outcome.ts'
import { MiB, type Bytes, type Milliseconds } from '../../../shared/units.ts'
import { systemClock } from '../../system/clock.ts'
import { afterWork, processorUsed, type ProcessorTime } from '../../system/processor-time.ts'
import type { ImageHeader } from './header.ts'
import type { HeicAnswer, HeicTask } from './heic-worker.ts'
import { damagedImage, decoderEnded, tooSlow, undecoded } from './problems.ts'
import { tiffHead, type PixelKind } from './tiff.ts'
import { doing } from '../problems.ts'

export type HeicLimits = ProcessorTime & {
  /** The memory limit of the decoder. */
  readonly memory: Bytes
  /** The time limit of the decoder. */
  readonly patience: Milliseconds
  /** Added for each million pixels: large images are slow on small computers. */
  readonly patienceEach: Milliseconds
}

const usual: HeicLimits = {
  // The largest accepted image, as RGB and as the YUV it is decoded from.
  memory: 1_200 * MiB,
  patience: 60_000,
  patienceEach: 2_000,
  clock: systemClock,
  used: processorUsed,
}

/** Next to this file in the sources; in the build it is an entry of its own, and chunks are in a subfolder. */
function workerPath(): string {
  const here = import.meta.dirname
  if (import.meta.filename.endsWith('.ts')) return join(here, 'heic-worker.ts')
  return join(basename(here) === 'chunks' ? join(here, '..') : here, 'image-heic-worker.js')
}

/**
 * Decodes a HEIC image to a TIFF in memory, upright and with its colour profile. The decoder runs as WebAssembly in its
 * own thread: a crafted file can reach nothing outside it, and it ends with the thread.
 */
export function decodeHeic(
  path: string,
  { width, height, alpha, profile }: Pick<ImageHeader, 'width' | 'height' | 'alpha' | 'profile'>,
  signal?: AbortSignal,
  { memory, patience, patienceEach, ...time }: HeicLimits = usual,
): Promise<Outcome<Uint8Array>> {
  const reading = doing.reading(path)
  if (signal?.aborted) return Promise.resolve(cancelled(reading))
  const pixels: PixelKind = alpha ? 'rgba' : 'rgb'
  const head = tiffHead({ width, height }, pixels, profile)
  const task: HeicTask = { path, width, height, pixels, head, memory }
  return new Promise((resolve) => {
    const worker = new Worker(workerPath(), {
      workerData: task,
      env: {},
      // libheif’s messages are discarded.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    const over = new AbortController()
    const finish = (outcome: Outcome<Uint8Array>) => {
      over.abort()
      signal?.removeEventListener('abort', onAbort)
      void worker.terminate()
      resolve(outcome)
    }
    const onAbort = () => {
      finish(cancelled(reading))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    void afterWork(patience + (patienceEach * width * height) / 1e6, time, over.signal).then(() => {
      finish(tooSlow(path))
    })
    worker.once('message', (answer: HeicAnswer) => {
      finish(answer.ok ? ok(answer.file) : undecoded(path, answer.detail))
    })
    worker.once('error', (error) => {
      finish(undecoded(path, error))
    })
    worker.once('exit', () => {
      finish(damagedImage(path, decoderEnded))
    })
  })
}
