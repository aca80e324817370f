import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '../../src/main/system/clock.ts'
import type { Clock } from '../../src/main/system/ports.ts'
import { fail, ok } from '../../src/shared/outcome.ts'
import { terminalStates, type Take } from '../../src/shared/domain/take.ts'
import { someSettings } from '../support/clips/facts.ts'
import { fakeMedia, openLibrary } from '../support/library/library.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import type { Asked, Job, Said, Shown } from './said.ts'
import { taskOfResult } from './result-file.ts'

/** One life of the studio over a library on disk: it submits what is not there yet and follows all of it. */
const job = JSON.parse(process.argv[2] ?? '') as Job

/** Resolves when whoever listens has it: a long line is still on its way when a process ends by itself. */
const say = (said: Said) =>
  new Promise<void>((resolve) => {
    process.stdout.write(`${JSON.stringify(said)}\n`, () => {
      resolve()
    })
  })

/** Time that runs faster for every life alike, so that a wait of a minute is over before the next kill. */
const clock: Clock = {
  now: () => job.since + (systemClock.now() - job.since) * job.speed,
  monotonic: () => systemClock.monotonic() * job.speed,
  sleep: (duration, signal) => systemClock.sleep(duration / job.speed, signal),
}

const media = {
  ...fakeMedia(),
  verifyResult: (path: string) => {
    const bytes = readFileSync(path)
    if (taskOfResult(bytes) === null) return Promise.resolve(fail('file-damaged', 'It does not decode.'))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const facts = { duration: 6, width: 720, height: 1280, frameRate: 30 }
    return Promise.resolve(ok({ bytes: bytes.length, sha256, ...facts }))
  },
}

const { library, journal, close } = openLibrary({
  folder: job.home,
  origin: job.origin,
  settle: job.settle,
  width: job.atOnce,
  media,
  clock,
  also: { cadence: { first: 2000, gap: () => 5000 } },
})

/** 6 s at 0.126 USD. */
const consent = { amount: 0.756, passGuard: false }
const newTake = (id: string) => ({
  id,
  character: join(job.home, 'hero.png'),
  clip: join(job.home, 'dance.mp4'),
  window: { start: 0, length: null },
  settings: someSettings({ provider: 'kling', model: 'kling-v3', account: 'kling-1', orientation: 'video' }),
  route: { baseUrl: null, host: null, clipUrl: null, characterUrl: null },
  consent,
})

const isAtRest = ({ state }: Take) => terminalStates.has(state) || state === 'DRAFT'

function shown(take: Take): Shown {
  const record = library.record(take.id)
  if (!record.ok) throw new Error(record.problem.message)
  const { number, ownId, taskId } = record.value.attempt
  return { id: take.id, state: take.state, number, ownId, taskId, why: take.problem?.message ?? null }
}

const waiting = [...job.ids]
const open = new Set<string>()

/** Keeps so many takes going; those that are known are only looked at. */
async function feed(): Promise<void> {
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    open.add(id)
    const taken = await library.submit(newTake(id))
    if (!taken.ok) void say({ kind: 'refused', id, why: taken.problem.message })
    if (!taken.ok || isAtRest(taken.value)) open.delete(id)
    if (open.size >= job.atOnce) return
  }
}

library.subscribe((take) => {
  void say({ kind: 'take', take: shown(take) })
  if (isAtRest(take) && open.delete(take.id)) void feed()
})

/** The user's answer to a question that still stands. */
async function obey({ id, number, wish, taskId }: Asked): Promise<void> {
  const record = library.record(id)
  if (!record.ok || record.value.attempt.number !== number || record.value.attempt.state !== 'NEEDS_USER')
    return
  if (wish === 'submit-again') await library.submitAgain(id, consent)
  else if (wish === 'adopt') await library.adopt(id, taskId)
  else await library.checkAgain(id)
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    void obey(JSON.parse(line) as Asked)
  })
  // Nobody is there any more who would end this process.
  .on('close', () => process.exit(1))

void say({ kind: 'open', takes: library.list().map(shown) })
library.resume()
if (job.ids.length > 0) await feed()
else {
  const left = () => library.list().flatMap(({ id }) => journal.uploads(id))
  const deadline = performance.now() + job.patience
  await waitUntil(() => Promise.resolve(left().length === 0 || performance.now() > deadline ? true : null))
  const spent = journal.spend().map(({ take, attempt }) => `${take} ${String(attempt)}`)
  await say({ kind: 'end', takes: library.list().map(shown), uploads: left().length, spent })
  await close()
  process.exit(0)
}
