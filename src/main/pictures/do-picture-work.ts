import type { WorkAnswer, WorkName, WorkOrder } from './picture-work.ts'
import { createPictureThreads, type PictureThreads, type WorkRunning } from './picture-threads.ts'

/**
 * Electron on Linux is linked against the GLib of the system, and the native picture library brings its own: one frees
 * what the other made, and the process ends (decision 23). There the library runs as WebAssembly in a thread.
 */
const runsApart = ({
  versions,
  platform,
}: Pick<NodeJS.Process, 'versions' | 'platform'> = process): boolean =>
  'electron' in versions && platform === 'linux'

let threads: PictureThreads | null = null

/** Does a piece of work with the picture library where that is safe, and loads it when it is first needed. */
export async function doPictureWork<Name extends WorkName>(
  name: Name,
  order: WorkOrder<Name>,
  running: WorkRunning = {},
): Promise<WorkAnswer<Name>> {
  if (runsApart()) {
    threads ??= createPictureThreads()
    return threads.ask(name, order, running)
  }
  const { work } = await import('./picture-work.ts')
  return work(name, order, running.onStep ?? (() => undefined))
}
