import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeTime } from 'ulid'
import { newAttempt, type Attempt } from '../../../src/main/takes/attempt.ts'
import { openJournal } from '../../../src/main/takes/journal/journal.ts'
import type { HistoryEntry, KeptTake } from '../../../src/main/takes/record.ts'
import { step } from '../../../src/main/takes/state-machine.ts'
import type { TakeEvent } from '../../../src/main/takes/take-event.ts'
import { makeTakeFolder } from '../../../src/main/takes/take-folder.ts'
import { writeTakeJson } from '../../../src/main/takes/take-json.ts'
import { someSettings } from '../clips/facts.ts'
import { anOrder } from './an-order.ts'
import { fullAttempt } from './an-attempt.ts'

const result = Buffer.from('a result that nobody decodes')
const sha256 = 'ab'.repeat(32)
const problem = {
  code: 'provider-refused',
  message: 'The provider refused this take.',
  detail: 'code 1301',
} as const
const { preparedClip, preparedCharacter } = fullAttempt()
if (preparedClip === null || preparedCharacter === null) throw new Error('a full attempt has both files')
const command = 'ffmpeg -hide_banner -nostdin -y -i clip.mp4 -vf scale=720:1280 -c:v libx264 clip.mp4 '

const sent: readonly TakeEvent[] = [
  {
    type: 'prepared',
    clip: { ...preparedClip, sha256 },
    character: { ...preparedCharacter, sha256 },
    commands: [command.repeat(8), command.repeat(4)],
  },
  { type: 'upload-started' },
  { type: 'uploaded', clipUrl: 'https://files.example/clip.mp4', characterUrl: null, until: null },
  { type: 'ready' },
  { type: 'intent', paidWith: 'fingerprint' },
  { type: 'wire' },
]

const accepted = (taskId: string): readonly TakeEvent[] => [...sent, { type: 'accepted', taskId }]

const done = (taskId: string): readonly TakeEvent[] => [
  ...accepted(taskId),
  {
    type: 'remote-done',
    taskId,
    url: 'https://results.example/result.mp4',
    watermarkUrl: null,
    cost: { units: '7', unitName: 'units' },
    until: null,
  },
  { type: 'download-started' },
  {
    type: 'verified',
    result: { bytes: result.length, sha256, duration: 6, width: 720, height: 1280, frameRate: 30 },
  },
  { type: 'done', resultTime: 1 },
]

/** What a take of a large library has been through: of a hundred, 93 are done and 3 are at the provider. */
function eventsOf(nth: number, taskId: string): readonly TakeEvent[] {
  switch (nth % 100) {
    case 0:
      return [{ type: 'prepare-failed', problem }]
    case 1:
      return [...sent, { type: 'refused', problem }]
    case 2:
      return [...accepted(taskId), { type: 'remote-failed', problem, cost: null }]
    case 3:
      return [...sent, { type: 'unknown', problem }, { type: 'ask-user', problem }, { type: 'given-up' }]
    case 4:
    case 5:
    case 6:
      return accepted(taskId)
    default:
      return done(taskId)
  }
}

const start = Date.parse('2026-01-01T00:00:00Z')

/** A take id of the minute `nth`, so that ids and times are the same in each run. */
export const nthTakeId = (nth: number): string =>
  `${encodeTime(start + nth * 60_000, 10)}${String(nth).padStart(16, '0')}`

function nthTake(nth: number): KeptTake {
  const id = nthTakeId(nth)
  const at = new Date(start + nth * 60_000).toISOString()
  const settings = someSettings({ provider: 'kling', model: 'kling-v3', account: 'env-kling' })
  const order = anOrder({ id, createdAt: at, settings, consent: { amount: 1, at } })
  let attempt: Attempt = newAttempt(id, 1, `own-${String(nth)}`, at)
  const history: HistoryEntry[] = [{ attempt: 1, at, type: 'added', state: attempt.state }]
  for (const event of eventsOf(nth, `task-${String(nth)}`)) {
    const since = new Date(Date.parse(attempt.since) + 1000).toISOString()
    attempt = step(attempt, event, since)
    const named = 'taskId' in event ? { taskId: event.taskId } : {}
    history.push({ attempt: 1, at: since, type: event.type, state: attempt.state, ...named })
  }
  return { order, attempts: [attempt], history, uploads: [] }
}

/** Fills a home with a list of takes and their folders, as Understudy writes them. No file is a real video. */
export function fillLibrary(home: string, takes: number): void {
  mkdirSync(home, { recursive: true })
  const opened = openJournal(join(home, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  const journal = opened.value
  const made = Array.from({ length: takes }, (_, nth) => nthTake(nth))
  journal.restore(made)
  const library = join(home, 'library')
  const video = join(home, 'result.mp4')
  writeFileSync(video, result)
  for (const { order, attempts } of made) {
    const { folder } = makeTakeFolder(library, order.id)
    for (const attempt of attempts) {
      writeTakeJson({ library, journal }, { order, attempt })
      if (attempt.state === 'DONE') linkSync(video, join(folder, 'result.mp4'))
    }
  }
  journal.close()
}
