import { describe, expect, it } from 'vitest'
import type { ClipHost } from '../../src/main/hosting/hosts.ts'
import { createUploadSweep, leftUp } from '../../src/main/takes/remove-uploads.ts'
import { ok } from '../../src/shared/outcome.ts'
import { takeId } from '../support/library/library.ts'
import { noFault, s3Error, type S3Request } from '../support/servers/s3-server.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { movedClock } from './upload-parts.ts'
import { uploadStage } from './upload-stage.ts'

const stage = uploadStage()
type Room = Awaited<ReturnType<typeof stage.room>>
const hour = 60 * 60_000

const isPut = ({ method }: S3Request) => method === 'PUT'
const signedAt = (url: string) => {
  const date = new URL(url).searchParams.get('X-Amz-Date') ?? ''
  return Date.parse(date.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'))
}

/** The addresses that were sent to the provider. */
const sentUrls = ({ studio }: Room) =>
  studio.server.calls.flatMap(({ method, body }) =>
    method === 'POST' ? [(body as { readonly video_url: string }).video_url] : [],
  )

describe('P5 · an address that would die within two hours', () => {
  it('is signed again before INTENT, without sending the file again, and the old one never leaves', async () => {
    const time = movedClock()
    let away = true
    const room = await stage.room({ time, provider: { outage: () => (away ? 1000 : null) } })
    time.moveTo(-22.5 * hour)
    const { bench } = room.studio
    expect(await room.studio.ends('HELD', 'DONE', 'DRAFT')).toBe('HELD')
    const before = bench.journal.uploads(takeId)[0]?.url ?? ''
    expect(Date.now() - signedAt(before)).toBeGreaterThan(22 * hour)
    // An hour and a half are left when the provider is back.
    time.moveTo(0)
    away = false
    expect((await bench.until(takeId, 'DONE', 'DRAFT', 'NEEDS_USER')).state).toBe('DONE')
    const sent = sentUrls(room)
    expect(sent).toHaveLength(1)
    expect(Date.now() - signedAt(sent[0] ?? '')).toBeLessThan(hour)
    expect(bench.states.filter((state) => state === 'INTENT')).toHaveLength(1)
    expect(room.s3.seen.filter(isPut)).toHaveLength(1)
    await stage.expectAtRest(room, 1)
  })

  it('is signed again only where the file still lies there: else the file goes up once more', async () => {
    const time = movedClock()
    let away = true
    const room = await stage.room({ time, provider: { outage: () => (away ? 1000 : null) } })
    time.moveTo(-22.5 * hour)
    const { bench } = room.studio
    expect(await room.studio.ends('HELD', 'DONE', 'DRAFT')).toBe('HELD')
    const host = room.newHost()
    const [upload] = bench.journal.uploads(takeId)
    expect(await host.remove(upload?.name ?? '', upload?.note)).toEqual(ok(null))
    await host.close()
    time.moveTo(0)
    away = false
    expect((await bench.until(takeId, 'DONE', 'DRAFT', 'NEEDS_USER')).state).toBe('DONE')
    expect(room.s3.seen.filter(isPut)).toHaveLength(2)
    await stage.expectAtRest(room, 1)
  })
})

/** A clock whose sleepers wait until the test says that the time has come. */
function heldClock() {
  const sleepers: (() => void)[] = []
  const { clock } = movedClock()
  return {
    clock: { ...clock, sleep: () => new Promise<void>((resolve) => sleepers.push(resolve)) },
    sleeps: () => sleepers.length,
    passes: () => {
      for (const wake of sleepers.splice(0)) wake()
    },
  }
}

describe('P14 · a file that could not be taken down', () => {
  const keysReplaced = ({ method, query }: S3Request) =>
    method === 'DELETE' || (method === 'GET' && query.has('uploads'))

  /** A take at rest whose file is still in the bucket, and a studio that sweeps. */
  async function leftBehind(status: number, code: string) {
    const room = await stage.room()
    const { bench } = room.studio
    room.s3.fault = (request, response) => keysReplaced(request) && s3Error(response, status, code)
    expect(await room.studio.ends('DONE', 'DRAFT', 'NEEDS_USER')).toBe('DONE')
    await bench.library.stop()
    expect(await room.s3.objects()).toHaveLength(1)
    const host: ClipHost = room.newHost()
    const held = heldClock()
    const sweep = createUploadSweep({
      journal: bench.journal,
      hostOf: () => Promise.resolve(ok(host)),
      record: bench.library.record,
      clock: held.clock,
      log: () => undefined,
    })
    const slept = () => waitUntil(() => Promise.resolve(held.sleeps() > 0 ? true : null))
    const close = async () => {
      await sweep.stop()
      held.passes()
      await host.close()
    }
    return { room, sweep, held, slept, close }
  }

  it('because its keys were replaced: the user is told which object of which bucket, and it is tried on while the studio runs', async () => {
    const { room, sweep, held, slept, close } = await leftBehind(403, 'InvalidAccessKeyId')
    const [upload] = room.studio.bench.journal.uploads(takeId)
    const told = sweep.problem()
    expect(told?.message).toBe(
      `One file is still in your bucket and can’t be deleted: “understudy/${upload?.name ?? ''}” in the bucket “clips” at ${new URL(room.proxy.origin).host}.`,
    )
    expect(told?.advice).toMatch(/keeps trying.*Enter keys with permission to delete/)
    sweep.start()
    await slept()
    expect(sweep.problem()).toEqual(told)
    room.s3.fault = noFault
    held.passes()
    await slept()
    expect(sweep.problem()).toBeNull()
    await close()
    await stage.expectAtRest(room, 1)
  })

  it('because its bucket is away: nobody is bothered at first, and told when it lasts', async () => {
    const { room, sweep, held, slept, close } = await leftBehind(503, 'SlowDown')
    expect(sweep.problem()).toBeNull()
    sweep.start()
    for (let looks = 0; looks < 3; looks += 1) {
      expect(sweep.problem()).toBeNull()
      await slept()
      held.passes()
    }
    await waitUntil(() => Promise.resolve(sweep.problem()))
    room.s3.fault = noFault
    await slept()
    held.passes()
    await waitUntil(() => Promise.resolve(sweep.problem() === null ? true : null))
    await close()
    await stage.expectAtRest(room, 1)
  })

  it('is looked at again soon after the settings of the bucket were changed', async () => {
    const { room, sweep, held, slept, close } = await leftBehind(403, 'AccessDenied')
    room.s3.fault = noFault
    sweep.again()
    await slept()
    held.passes()
    await waitUntil(() => Promise.resolve(sweep.problem() === null ? true : null))
    await close()
    await stage.expectAtRest(room, 1)
  })

  it('names every bucket in which a file was left', () => {
    const place = {
      endpoint: 'https://s3.example.com',
      region: 'r',
      bucket: 'old',
      key: 'a.mp4',
      large: false,
      upload: null,
    }
    const note = { ...place, bucket: 'new', before: [place] }
    const upload = {
      name: 'a.mp4',
      take: takeId,
      attempt: 1,
      host: 's3',
      role: 'clip',
      url: null,
      until: null,
    } as const
    expect(leftUp([{ ...upload, state: 'stuck', note }])?.message).toContain(
      '“a.mp4” in the bucket “old” at s3.example.com and “a.mp4” in the bucket “new” at s3.example.com',
    )
    expect(leftUp([{ ...upload, state: 'leaving', note }])).toBeNull()
  })
})
