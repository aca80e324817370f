import { systemClock } from '../../../src/main/system/clock.ts'
import type { Provider } from '../../../src/main/providers/provider.ts'
import { describe, expect, it } from 'vitest'
import type { ClipHost } from '../../../src/main/hosting/hosts.ts'
import { createLoopbackHost } from '../../../src/main/hosting/local-hosts.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { aTake, goodResult, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'
import { json } from '../../support/servers/scripted-server.ts'

const stage = libraryStage()

/** Serves files as the loopback host does and remembers what was asked of it. */
function rememberingHost(different: Partial<ClipHost> = {}) {
  const asked: string[] = []
  const loopback = createLoopbackHost(systemClock)
  const host: ClipHost = {
    ...loopback,
    put: (file, note, putting) => {
      asked.push(`put ${file.name.replace(/^[^.]*/, '*')}`)
      note.write({ begun: file.name })
      return loopback.put(file, note, putting)
    },
    remove: (name, note) => {
      asked.push(`remove ${JSON.stringify(note).includes(name) ? 'with its note' : 'blindly'}`)
      return loopback.remove(name, note)
    },
    ...different,
  }
  return { host, asked }
}

describe('a file that is put up for a provider', () => {
  it('is journalled before its first byte leaves, and taken down when the take has ended', async () => {
    const { origin } = await stage.provider()
    const seen: number[] = []
    const { host, asked } = rememberingHost()
    const watching: ClipHost = {
      ...host,
      put: (...put) => {
        seen.push(stage.bench?.journal.uploads(takeId).length ?? 0)
        return host.put(...put)
      },
    }
    stage.bench = openLibrary({ folder: stage.folder, origin, host: watching })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    await stage.bench.library.stop()
    expect(seen).toEqual([1])
    expect(asked).toEqual(['put *.mp4', 'remove with its note'])
    expect(stage.bench.journal.uploads(takeId)).toEqual([])
  })

  it('is taken down at the next start where that failed before', async () => {
    const { origin } = await stage.provider()
    const failing = rememberingHost({ remove: () => Promise.resolve(fail('provider-silent', 'Away.')) })
    stage.bench = openLibrary({ folder: stage.folder, origin, host: failing.host })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    await stage.bench.close()
    const { host, asked } = rememberingHost()
    stage.bench = openLibrary({ folder: stage.folder, origin, host })
    expect(stage.bench.journal.uploads(takeId)).toHaveLength(1)
    stage.bench.library.resume()
    await expect.poll(() => stage.bench?.journal.uploads(takeId)).toEqual([])
    expect(asked).toEqual(['remove with its note'])
  })

  it('stays up while a question about its task waits for the user', async () => {
    const { origin } = await stage.provider({
      submit: (response) => {
        json(response, 500, {})
      },
    })
    const { host, asked } = rememberingHost()
    stage.bench = openLibrary({ folder: stage.folder, origin, host })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'NEEDS_USER')
    await stage.bench.library.stop()
    expect(asked).toEqual(['put *.mp4'])
  })

  it('costs nothing when it cannot be put there: the take is a draft again, with the reason', async () => {
    const { origin, count } = await stage.provider()
    const { host } = rememberingHost({
      put: () => Promise.resolve(fail('clip-unreachable', 'The bucket is not there.')),
    })
    stage.bench = openLibrary({ folder: stage.folder, origin, host })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'UPLOADING')
    const take = await stage.bench.until(takeId, 'DRAFT')
    expect(take.problem).toMatchObject({ message: 'The bucket is not there.' })
    expect(count.submit).toBe(0)
  })

  it('costs nothing when a stranger cannot fetch it', async () => {
    const { origin, count } = await stage.provider()
    const login = await stage.provider({ result: (response) => !!response.writeHead(403).end() })
    const { host } = rememberingHost({
      put: () => Promise.resolve(ok({ url: `${login.origin}/clip.mp4`, until: null })),
    })
    stage.bench = openLibrary({ folder: stage.folder, origin, host })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'UPLOADING')
    const take = await stage.bench.until(takeId, 'DRAFT')
    expect(take.problem?.code).toBe('clip-unreachable')
    expect(count.submit).toBe(0)
  })

  it('is put up anew when its address would die too soon', async () => {
    const { origin } = await stage.provider()
    const lives = [60_000, 24 * 3_600_000]
    const loopback = createLoopbackHost(systemClock)
    const { host, asked } = rememberingHost()
    const dying: ClipHost = {
      ...host,
      put: async (...put) => {
        const hosted = await host.put(...put)
        const life = lives.shift() ?? 0
        return hosted.ok ? ok({ ...hosted.value, until: Date.parse('2026-11-20T12:00:00Z') + life }) : hosted
      },
    }
    stage.bench = openLibrary({ folder: stage.folder, origin, host: dying })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'DONE')
    expect(asked.filter((one) => one.startsWith('put'))).toHaveLength(2)
    await loopback.close()
  })
})

describe('a clip at an address of the user’s own', () => {
  const given = async (body: Buffer, type: string, status = 200) => {
    const server = await stage.provider({
      result: (response) => {
        const headers = { 'content-type': type, 'content-length': String(body.length) }
        return !!response.writeHead(status, headers).end(body)
      },
    })
    return `${server.origin}/mine.mp4`
  }
  const submit = async (
    clipUrl: string,
    script: Parameters<typeof stage.provider>[0] = {},
    also: Partial<Provider> = {},
  ) => {
    const { origin, count } = await stage.provider(script)
    stage.bench = openLibrary({ folder: stage.folder, origin, also })
    const route = { baseUrl: null, host: 'given', clipUrl, characterUrl: null } as const
    await stage.bench.library.submit(aTake(stage.folder, { route }))
    return { count, bench: stage.bench }
  }

  it('is what is fetched, measured, kept and paid for', async () => {
    const mine = Buffer.from('the clip that lies on the web')
    const { bench } = await submit(await given(mine, 'video/mp4'))
    const take = await bench.until(takeId, 'DONE')
    expect(take.host).toBe('given')
    expect(take.result?.bytes).toBe(goodResult.length)
    const found = bench.library.record(takeId)
    expect(found.ok && found.value.attempt.preparedClip?.path).toMatch(/clip\.mp4$/)
    expect(bench.journal.uploads(takeId)).toEqual([])
  })

  it.each([
    ['answers 404', Buffer.from('gone'), 'video/mp4', 404],
    ['is a page', Buffer.from('<html>log in</html>'), 'text/html', 200],
  ])('costs nothing when it %s', async (_what, body, type, status) => {
    const { bench, count } = await submit(await given(body, type, status))
    const take = await bench.until(takeId, 'DRAFT')
    expect(take.problem?.code).toBe('clip-unreachable')
    expect(count.submit).toBe(0)
  })
  it('may stand in several tasks, so that of two that fit only the user can tell which one it is', async () => {
    const { bench } = await submit(
      await given(Buffer.from('mine'), 'video/mp4'),
      { submit: (response) => void response.destroy() },
      { find: { settle: 0, look: () => Promise.resolve({ kind: 'several', taskIds: ['a-1', 'a-2'] }) } },
    )
    const take = await bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.detail).toBe('a-1, a-2')
  })
})
