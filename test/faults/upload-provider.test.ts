import { describe, expect, it } from 'vitest'
import { createProviderHost } from '../../src/main/hosting/local-hosts.ts'
import { createModelsLab } from '../../src/main/providers/modelslab/modelslab.ts'
import { createOxen } from '../../src/main/providers/oxen/oxen.ts'
import { createHttpClient } from '../../src/main/providers/http/client.ts'
import { modelsLabError, modelsLabServer } from '../support/servers/contracts/modelslab.ts'
import { oxenError, oxenServer } from '../support/servers/contracts/oxen.ts'
import {
  reply,
  type Call,
  type Contract,
  type Play,
  type Route,
} from '../support/servers/contracts/strict.ts'
import { faultProxy, type Fault } from '../support/servers/fault-proxy.ts'
import { takeId } from '../support/library/library.ts'
import { faultStage } from './studio.ts'
import { mediaOf, movedClock } from './upload-parts.ts'
import { expectNoKeys, problemNow } from './upload-stage.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

const stage = faultStage()
const ends = ['DONE', 'DRAFT', 'NEEDS_USER', 'REJECTED'] as const
const key = 'canary-key'
const resultUrl = 'http://127.0.0.1:1/never-asked.mp4'

type Storage = {
  readonly serve: () => Promise<Contract>
  readonly upload: `${Route['method']} ${string}`
  readonly fetch: `${Route['method']} ${string}`
  readonly isUpload: (call: Call) => boolean
  readonly adapter: typeof createModelsLab | typeof createOxen
  readonly full: Play
  readonly down: Play
}

const base = '/api/repos/:namespace/:repository/file/main/understudy'
const storages: Readonly<Record<'oxen' | 'modelslab', Storage>> = {
  oxen: {
    serve: () => oxenServer({ key, resultUrl }),
    upload: `PUT ${base}`,
    fetch: `GET ${base}/:name`,
    isUpload: ({ method }) => method === 'PUT',
    adapter: createOxen,
    full: oxenError(507, 'insufficient_storage', 'The repository is full'),
    down: oxenError(503, 'unknown_error', 'later'),
  },
  modelslab: {
    serve: () => modelsLabServer({ key, resultUrl }),
    upload: 'POST /api/v6/base64_to_url',
    fetch: 'GET /uploads/:name',
    isUpload: ({ path }) => path === '/api/v6/base64_to_url',
    adapter: createModelsLab,
    full: modelsLabError(413, 'The storage of this plan is used up'),
    down: modelsLabError(503, 'later'),
  },
}
const names = ['oxen', 'modelslab'] as const

/** Takes of the official provider whose files lie in another provider's own storage, behind a proxy that makes faults. */
async function room(name: (typeof names)[number], fault?: (nth: number) => Fault | undefined) {
  const storage = storages[name]
  const server = stage.kept(await storage.serve())
  const proxy = stage.kept(await faultProxy(server.origin, fault))
  const time = movedClock()
  const { clock } = time
  const http = createHttpClient({
    network: straightNetwork,
    clock,
    pace: () => Promise.resolve(),
    secrets: [key],
  })
  const cadence = { first: 1, gap: () => 1 }
  const { upload } = storage.adapter({
    baseUrl: new URL(proxy.origin),
    loopback: true,
    cadence,
    http,
    settle: 0,
    clock,
    key,
    repository: 'ox/clips',
  })
  if (!upload) throw new Error('no storage')
  const studio = await stage.studio('A', {
    clock,
    media: mediaOf(100_000),
    host: () => createProviderHost(upload),
  })
  const uploads = () => server.calls.filter(storage.isUpload).length
  const expectAtRest = async (tasks: 0 | 1) => {
    await studio.bench.library.stop()
    expect([studio.tasks(), studio.posts(), studio.server.violations]).toEqual([tasks, tasks, []])
    // A body that was cut off is this test's own doing.
    expect(server.violations.filter((one) => !one.endsWith('Error: aborted'))).toEqual([])
    expect(studio.bench.states).not.toContain('NEEDS_USER')
    expect(studio.bench.journal.uploads(takeId)).toEqual([])
    await studio.bench.close()
    expectNoKeys(stage.folder())
  }
  return { storage, server, proxy, studio, uploads, expectAtRest }
}

async function endsAsDraft({ studio }: Awaited<ReturnType<typeof room>>) {
  await studio.bench.library.submit(studio.take())
  await studio.bench.until(takeId, 'UPLOADING')
  return (await studio.bench.until(takeId, 'DRAFT')).problem
}

describe.each(names)('the storage of %s', (name) => {
  it('12 · cannot be reached: held without a byte, resumed by itself', async () => {
    const one = await room(name)
    await one.proxy.down()
    expect(await one.studio.ends('HELD', ...ends)).toBe('HELD')
    expect(problemNow(one.studio)?.code).toBe('provider-silent')
    expect(one.server.calls).toEqual([])
    await one.proxy.up()
    expect((await one.studio.bench.until(takeId, ...ends)).state).toBe('DONE')
    await one.expectAtRest(1)
  })

  it('13 · resets in the middle of the file: held, then the whole file again, for it knows no parts', async () => {
    const one = await room(name, (nth) => (nth === 1 ? { kind: 'cut-request', bytes: 50_000 } : undefined))
    expect(await one.studio.ends(...ends)).toBe('DONE')
    expect(one.studio.bench.states).toContain('HELD')
    expect(one.uploads()).toBe(1)
    await one.expectAtRest(1)
  })

  it('17 · is down: held, and later it goes on', async () => {
    const one = await room(name)
    one.server.play(one.storage.upload, one.storage.down, one.storage.down)
    expect(await one.studio.ends(...ends)).toBe('DONE')
    expect(one.studio.bench.states).toContain('HELD')
    expect(one.uploads()).toBe(3)
    await one.expectAtRest(1)
  })

  it.each([
    [
      '18 · hands out less than it was given',
      reply(200, Buffer.alloc(99_999), { 'content-type': 'video/mp4' }),
    ],
    ['19 · answers 403', reply(403, 'no')],
    ['19 · answers with a web page', reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' })],
  ])('%s: never submitted, a draft with the plain reason', async (_what, answer) => {
    const one = await room(name)
    one.server.play(one.storage.fetch, answer)
    const problem = await endsAsDraft(one)
    expect(problem?.code).toBe('clip-unreachable')
    expect(problem?.message).toMatch(/Nothing was sent to the provider or charged/)
    await one.expectAtRest(0)
  })

  it('21 · has no room: a draft with the reason after one request', async () => {
    const one = await room(name)
    one.server.play(one.storage.upload, one.storage.full)
    expect(await endsAsDraft(one)).toMatchObject({
      code: 'clip-unreachable',
      message: expect.stringMatching(/ refused the file\.$/),
      advice: expect.stringContaining('choose another clip host'),
    })
    expect(one.uploads()).toBe(1)
    await one.expectAtRest(0)
  })
})
