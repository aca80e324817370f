import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLibrary } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import type { QueuePlan } from './queue-life.ts'

const stage = libraryStage()
const takes = ['1', '2', '3'].map((nth) => `01JD${nth.padStart(22, '0')}`)
const [one = '', two = '', three = ''] = takes

async function killed(plan: Omit<QueuePlan, 'folder' | 'takes'>) {
  const life = join(import.meta.dirname, 'queue-life.ts')
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      life,
      JSON.stringify({ ...plan, takes, folder: stage.folder } satisfies QueuePlan),
    ],
    { stdio: 'inherit' },
  )
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

const arranged = [three, one, two]
it.each([
  ['move', 'before', takes, true],
  ['move', 'after', arranged, true],
  ['pause', 'before', takes, false],
  ['pause', 'after', takes, true],
  ['resume', 'before', takes, true],
  ['resume', 'after', takes, false],
] as const)(
  'kill -9 at a %s, %s it is on the disk: the next start has one order, and each take is sent once',
  async (act, when, order, paused) => {
    const { origin, count } = await stage.provider()
    await killed({ origin, act, when })
    expect(count.submit).toBe(0)
    const bench = (stage.bench = openLibrary({ folder: stage.folder, origin, width: 1 }))
    expect([bench.library.queue().waiting.map(({ take }) => take), bench.library.queue().paused]).toEqual([
      order,
      paused,
    ])
    expect(bench.library.queueNotice()).toBeNull()
    const sent: string[] = []
    bench.library.subscribe(({ id, state }) => {
      if (state === 'WIRE') sent.push(id)
    })
    bench.library.resume()
    for (const id of takes) await bench.until(id, ...(paused ? (['READY'] as const) : (['DONE'] as const)))
    expect(count.submit).toBe(paused ? 0 : takes.length)
    await bench.library.pauseQueue(false)
    for (const id of takes) await bench.until(id, 'DONE')
    expect(count.submit).toBe(takes.length)
    // Unpaused, the takes upload their files again at once, and the first one that is done is sent first.
    if (paused) expect(sent).toEqual(order)
    expect(readdirSync(stage.folder).filter((name) => name.startsWith('take-queue'))).toEqual([
      'take-queue.json',
    ])
  },
)
