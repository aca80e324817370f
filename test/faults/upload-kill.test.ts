import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { takeId } from '../support/library/library.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { noFault, startS3Server } from '../support/servers/s3-server.ts'
import { faultStage } from './studio.ts'
import type { ChildJob } from './upload-child.ts'
import { fiveParts } from './upload-parts.ts'
import { expectNoKeys } from './upload-stage.ts'

const child = fileURLToPath(new URL('upload-child.ts', import.meta.url))
const stage = faultStage()
const small = 100_000

/** A bucket and a provider that outlive the studios in processes of their own. */
async function world(bytes: number) {
  const s3 = stage.kept(await startS3Server())
  const served = await stage.serve('A')
  let kill = () => false
  const live = async (dies: ChildJob['dies']) => {
    const { bucket } = s3
    const job: ChildJob = { folder: stage.folder(), provider: served.origin, bucket, bytes, dies }
    const running = spawn(process.execPath, [child, JSON.stringify(job)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = Promise.all([text(running.stdout), text(running.stderr)])
    kill = () => running.kill('SIGKILL')
    const [code, signal] = (await once(running, 'close')) as [number | null, NodeJS.Signals | null]
    const [stdout, stderr] = await said
    return { ended: signal ?? code, states: stdout.trim().split('\n'), stderr }
  }
  return { s3, served, live, kill: () => kill() }
}
type World = Awaited<ReturnType<typeof world>>

function journalled<T>(
  look: (uploads: readonly { readonly name: string; readonly state: string }[]) => T,
): T {
  const journal = openJournal(join(stage.folder(), 'studio.db'), () => undefined)
  if (!journal.ok) throw new Error(journal.problem.message)
  try {
    return look(journal.value.uploads(takeId))
  } finally {
    journal.value.close()
  }
}

/** One more life brings the take home, paid for once, and leaves nothing on the web. */
async function expectGoesOn({ s3, served, live }: World) {
  s3.fault = noFault
  const last = await live(null)
  expect(last.stderr).toBe('')
  expect([last.ended, last.states.at(-1)]).toEqual([0, 'DONE'])
  expect([served.tasks(), served.posts(), served.server.violations]).toEqual([1, 1, []])
  expect([await s3.objects(), await s3.uploads()]).toEqual([[], []])
  expect(journalled((uploads) => uploads)).toEqual([])
  expectNoKeys(stage.folder())
}

const sent = ({ s3 }: World) => s3.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path)

it('20 · killed between the name and the first byte: the name is journalled, nothing was sent, and it goes on under that name', async () => {
  const one = await world(small)
  expect((await one.live('named')).ended).toBe('SIGKILL')
  expect(one.s3.seen).toEqual([])
  const names = journalled((uploads) => uploads.map(({ name }) => name))
  expect(names).toHaveLength(1)
  await expectGoesOn(one)
  expect(sent(one)).toEqual([expect.stringContaining(names[0] ?? '')])
})

it('20 · killed after P3, once the place was noted: resumed there, sent once', async () => {
  const one = await world(small)
  expect((await one.live('noted')).ended).toBe('SIGKILL')
  await expectGoesOn(one)
  expect(sent(one)).toHaveLength(1)
})

it('20 · killed after P3, before the id of the upload was heard: it is ended all the same', async () => {
  const one = await world(fiveParts)
  one.s3.fault = ({ method, query }, response) => {
    // The bucket has begun the upload, and before its answer is heard the process dies.
    if (method === 'POST' && query.has('uploads'))
      response.on('pipe', () => {
        one.kill()
        response.destroy()
      })
    return false
  }
  expect((await one.live(null)).ended).toBe('SIGKILL')
  expect(await one.s3.uploads()).toHaveLength(1)
  await expectGoesOn(one)
})

it('20 · killed after four of five parts: only the fifth is sent', async () => {
  const one = await world(fiveParts)
  // The third never arrives in the first life.
  one.s3.fault = ({ query }) => query.get('partNumber') === '3'
  expect((await one.live('four parts')).ended).toBe('SIGKILL')
  const before = one.s3.parts().length
  await expectGoesOn(one)
  expect(one.s3.parts().slice(before)).toEqual([3])
})

it.each([small, fiveParts])(
  '20 · killed after P5 with a file of %i bytes: nothing is sent again',
  async (bytes) => {
    const one = await world(bytes)
    const first = await one.live('uploaded')
    expect([first.ended, first.states.at(-1)]).toEqual(['SIGKILL', 'UPLOADED'])
    const before = one.s3.seen.length
    await expectGoesOn(one)
    const after = one.s3.seen.slice(before).map(({ method }) => method)
    expect(after.filter((method) => method === 'PUT' || method === 'POST')).toEqual([])
  },
)

it('20 · killed while its file is taken down: taken down at the next start, paid for once', async () => {
  const one = await world(small)
  const first = await one.live('leaving')
  expect([first.ended, first.states.at(-1)]).toEqual(['SIGKILL', 'DONE'])
  expect(await one.s3.objects()).toHaveLength(1)
  expect(journalled((uploads) => uploads.map(({ state }) => state))).toEqual(['leaving'])
  await expectGoesOn(one)
})
