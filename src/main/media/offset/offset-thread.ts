import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { OffsetAnswer, OffsetTask } from './offset-worker.ts'

/** Next to this file in the sources; in the build it is an entry of its own, and chunks are in a subfolder. */
function workerPath(): string {
  const here = import.meta.dirname
  if (import.meta.filename.endsWith('.ts')) return join(here, 'offset-worker.ts')
  return join(basename(here) === 'chunks' ? join(here, '..') : here, 'offset-worker.js')
}

/** Sound is passed on instead of copied: nobody needs it afterwards. */
const passedOn = (task: OffsetTask) =>
  task.by === 'sound' ? [task.sounds.reference.buffer, task.sounds.result.buffer] : []

/** Compares in a thread of its own, for it takes up to a second; null as soon as it is cancelled. */
export function inThread<By extends OffsetTask['by']>(
  task: Extract<OffsetTask, { readonly by: By }>,
  signal: AbortSignal | undefined,
): Promise<OffsetAnswer<By> | null> {
  if (signal?.aborted) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerPath(), {
      workerData: task,
      env: {},
      transferList: passedOn(task),
    })
    const finish = (end: () => void) => {
      signal?.removeEventListener('abort', onAbort)
      void worker.terminate()
      end()
    }
    const onAbort = () => {
      finish(() => {
        resolve(null)
      })
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.once('message', (answer: OffsetAnswer<By>) => {
      finish(() => {
        resolve(answer)
      })
    })
    worker.once('error', (error: Error) => {
      finish(() => {
        reject(error)
      })
    })
    worker.once('exit', () => {
      finish(() => {
        reject(new Error('The comparison ended without an answer.'))
      })
    })
  })
}
