import { copyFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Milliseconds, Seconds } from '../../shared/units.ts'
import type { Clock, Log } from '../system/ports.ts'
import { notify } from './callback.ts'
import { characterFile, clipFile } from './inputs.ts'
import type { PracticeScript, TaskTurn } from './practice.ts'
import { taskOf, type TaskRecord } from './record.ts'
import type { Store } from './store.ts'
import { untilAborted } from './until-aborted.ts'

export const resultFile = 'result.mp4'

/** Makes the result of a task at `target`, or answers why it cannot. */
export type Render = (
  job: { readonly folder: string; readonly record: TaskRecord; readonly target: string },
  signal: AbortSignal,
) => Promise<{ readonly rendered: true } | { readonly rendered: false; readonly why: string }>

type Means = {
  readonly store: Store
  readonly render: Render
  readonly clock: Clock
  readonly durations: { readonly submitted: Milliseconds; readonly processing: Milliseconds }
  readonly script: PracticeScript
  readonly origin: string
  readonly log: Log
  readonly signal: AbortSignal
}

/** Takes tasks through their life. What is cut off goes on from the last state on disk at the next start. */
export function createWork(means: Means) {
  const running = new Set<Promise<void>>()
  const oneAtATime = createQueue()

  return {
    start: (record: TaskRecord) => {
      const life = live(record, means, oneAtATime)
        .catch((error: unknown) => {
          if (!means.signal.aborted) means.log(`The practice task ${record.id} stopped.`, { error })
        })
        .finally(() => running.delete(life))
      running.add(life)
    },
    settled: async () => {
      await Promise.all(running)
    },
  }
}

type Queue = <T>(job: () => Promise<T>) => Promise<T>

/** Two renderings at once would each take twice as long. */
function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const next = last.then(job, job)
    last = next.catch(() => null)
    return next
  }
}

async function live(record: TaskRecord, means: Means, queue: Queue): Promise<void> {
  const { clock, durations, script, signal } = means
  const turn = script.task?.(taskOf(record)) ?? {}
  if (record.status === 'submitted') {
    await clock.sleep(durations.submitted, signal)
    signal.throwIfAborted()
    await advance(record, { status: 'processing' }, means)
  }
  const [end] = await Promise.all([
    queue(() => perform(record, turn, means)),
    clock.sleep(durations.processing, signal),
    untilAborted(turn.hold, signal),
  ])
  signal.throwIfAborted()
  await advance(record, end, means)
  const folder = means.store.folderOf(record.id)
  for (const name of [characterFile, clipFile]) await rm(join(folder, name), { force: true })
}

async function advance(record: TaskRecord, change: Partial<TaskRecord>, means: Means): Promise<void> {
  const changed = await means.store.change(record.id, { ...change, updatedAt: means.clock.now() })
  if (changed.request.callbackUrl !== null) void notify(changed, changed.request.callbackUrl, means)
}

async function perform(record: TaskRecord, turn: TaskTurn, means: Means): Promise<Partial<TaskRecord>> {
  const failed = (why: string) => ({ status: 'failed' as const, statusMessage: why })
  if (turn.fail !== undefined) return failed(turn.fail)
  if (/\[fail\]/i.test(record.request.prompt)) return failed('The prompt asked this practice task to fail.')
  means.signal.throwIfAborted()
  const folder = means.store.folderOf(record.id)
  const target = join(folder, resultFile)
  if (turn.deliver !== undefined) {
    await copyFile(turn.deliver, `${target}.part`)
    await rename(`${target}.part`, target)
    return succeeded(record.clip.duration)
  }
  const end = await means.render({ folder, record, target }, means.signal)
  means.signal.throwIfAborted()
  return end.rendered ? succeeded(record.clip.duration) : failed(end.why)
}

const succeeded = (duration: Seconds) => ({ status: 'succeed' as const, resultDuration: duration })
