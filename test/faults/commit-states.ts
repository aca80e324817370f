import { newAttempt } from '../../src/main/takes/attempt.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { step } from '../../src/main/takes/state-machine.ts'
import type { TakeEvent } from '../../src/main/takes/take-event.ts'
import { anOrder } from '../support/library/an-order.ts'
import { takeId } from '../support/library/library.ts'

/** A process of its own that notes down a whole submit, and marks before the last event, and waits to be killed. */
const path = process.argv[2]
if (path === undefined) throw new Error('which journal?')
const opened = openJournal(path, () => undefined)
if (!opened.ok) throw new Error(opened.problem.message)
const journal = opened.value
const at = '2026-11-20T12:00:00.000Z'

const events: readonly TakeEvent[] = [
  { type: 'upload-started' },
  { type: 'uploaded', clipUrl: 'https://a/b.mp4', characterUrl: null, until: null },
  { type: 'ready' },
  { type: 'intent', paidWith: null },
  { type: 'wire' },
  { type: 'accepted', taskId: 'task-1' },
  {
    type: 'remote-done',
    taskId: 'task-1',
    url: 'https://a/r.mp4',
    watermarkUrl: null,
    cost: null,
    until: null,
  },
]

let attempt = { ...newAttempt(takeId, 1, 'own', at), state: 'PREPARED' as const } as ReturnType<
  typeof newAttempt
>
journal.add(anOrder({ id: takeId }), attempt)
for (const event of events) {
  if (event.type === 'remote-done')
    journal.saveMarks([
      { take: takeId, number: 1, name: 'Hero', stars: 4, flag: 'pick', tags: ['red'], note: 'velvet coat' },
    ])
  attempt = step(attempt, event, at)
  journal.record(attempt, event)
}
process.stdout.write('written\n')
setInterval(() => undefined, 60_000)
