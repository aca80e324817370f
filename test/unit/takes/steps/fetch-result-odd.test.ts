import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fail } from '../../../../src/shared/outcome.ts'
import type { FetchJob } from '../../../../src/main/takes/steps/fetch-result.ts'
import type { Mark } from '../../../../src/main/takes/journal/tables.ts'
import { fetchStage } from '../../../support/servers/fetch-stage.ts'
import { openFiles, showsOpenFiles } from '../../../support/processes/open-files.ts'

const KiB = 1024
const MiB = 1024 * KiB
const tag = '"v1"'

const { part, serve, fetching } = fetchStage()

const whole = Buffer.from('0123456789')
const there = whole.subarray(0, 4)
const startOver = { kind: 'interrupted', why: 'the file must be downloaded from the start' }
const forgotten = (url: string) => [{ url, validator: null, total: null, done: 0 }]
const markOf = (url: string, different: Partial<Mark> = {}): Mark => ({
  ...{ url, validator: tag, total: whole.length, done: there.length },
  ...different,
})

describe('a file of which a part is there', () => {
  type Case = readonly [what: string, status: number, headers: Record<string, string>]
  const range = `bytes 4-9/10`

  /** Answers as told, with the six bytes that are missing. */
  const rest = (status: number, headers: Record<string, string>) =>
    serve((response) => {
      response.writeHead(status, headers).end(whole.subarray(4))
    })

  it.each<readonly [...Case, total: number | null]>([
    ['under the same tag', 206, { etag: tag, 'content-range': range }, 10],
    ['under no tag, in the same size', 206, { 'content-range': range }, 10],
    ['under the same tag, where no size was known', 206, { etag: tag, 'content-range': range }, null],
  ])('is added to by what comes %s', async (_what, status, headers, total) => {
    const { origin } = await rest(status, headers)
    writeFileSync(part(), Buffer.concat([there, Buffer.from('never flushed')]))
    const mark = markOf(origin, { total })
    expect((await fetching(origin, { mark })).end).toMatchObject({
      kind: 'complete',
      bytes: 10,
      proven: true,
    })
    expect(readFileSync(part(), 'utf8')).toBe('0123456789')
  })

  it.each<Case>([
    ['of another file', 206, { etag: '"v2"', 'content-range': range }],
    ['of a file of another size', 206, { etag: tag, 'content-range': 'bytes 4-9/11' }],
    ['from another place', 206, { etag: tag, 'content-range': 'bytes 3-9/10' }],
    ['from nobody knows where', 206, { etag: tag }],
    ['in words that are no range', 206, { etag: tag, 'content-range': `in ${range}` }],
    ['of a file whose size is not said', 206, { etag: tag, 'content-range': `${range}?` }],
    ['as beyond its end, without saying where that is', 416, { etag: tag }],
    ['as beyond an end that it has not come to', 416, { etag: tag, 'content-range': 'bytes */9' }],
    ['as the end of another file', 416, { etag: '"v2"', 'content-range': 'bytes */4' }],
    ['as an end in other words', 416, { etag: tag, 'content-range': 'in bytes */4' }],
    ['as an end in more words', 416, { etag: tag, 'content-range': 'bytes */4?' }],
  ])(
    'is fetched anew, and nothing is added to it, where the rest comes %s',
    async (_what, status, headers) => {
      const { origin } = await rest(status, headers)
      writeFileSync(part(), there)
      const { end, marks } = await fetching(origin, { mark: markOf(origin) })
      expect({ end, marks }).toEqual({ end: startOver, marks: forgotten(origin) })
      expect(readFileSync(part(), 'utf8')).toBe('0123')
    },
  )

  it('is all there where the server says so of the same file', async () => {
    const { origin } = await rest(416, { etag: tag, 'content-range': 'bytes */4' })
    writeFileSync(part(), there)
    const { end } = await fetching(origin, { mark: markOf(origin) })
    expect(end).toMatchObject({ kind: 'complete', bytes: 4, proven: true })
  })

  it.each([503, 206])('is not all there because HTTP %i names its end', async (status) => {
    const { origin } = await rest(status, { etag: tag, 'content-range': 'bytes */4' })
    writeFileSync(part(), there)
    expect((await fetching(origin, { mark: markOf(origin) })).end.kind).toBe('interrupted')
  })

  it('is asked for from its beginning when nothing of it was flushed', async () => {
    const server = await serve((response) => response.writeHead(200, { etag: tag }).end(whole))
    const mark = markOf(server.origin, { done: 0 })
    expect((await fetching(server.origin, { mark })).end.kind).toBe('complete')
    expect(server.seen[0]?.headers).not.toHaveProperty('range')
    expect(server.seen[0]?.headers).not.toHaveProperty('if-range')
  })

  it('is never taken for another one under the same tag', async () => {
    const server = await serve((response) => response.writeHead(200, { etag: tag }).end(whole))
    await fetching(server.origin, { mark: markOf('https://elsewhere.example/') })
    expect(server.seen[0]?.headers).not.toHaveProperty('range')
  })
})

describe('a server that answers oddly', () => {
  it.each([null, 0])('never makes a result of nothing out of HTTP 416 (%j bytes there)', async (done) => {
    const { origin } = await serve((response) =>
      response.writeHead(416, { 'content-range': 'bytes */0' }).end(),
    )
    writeFileSync(part(), '')
    const { end, marks } = await fetching(origin, { mark: done === null ? null : markOf(origin, { done }) })
    expect({ end, marks }).toEqual({ end: startOver, marks: forgotten(origin) })
  })

  it.each([
    [404, 'link-lost'],
    [500, 'interrupted'],
  ] as const)('is quoted with its HTTP %i, and nothing is marked', async (status, kind) => {
    const { origin } = await serve((response) => response.writeHead(status).end('sorry'))
    expect(await fetching(origin)).toMatchObject({ end: { kind, why: `HTTP ${String(status)}` }, marks: [] })
    expect(existsSync(part())).toBe(false)
  })

  it('is tried again when it does not answer at all', async () => {
    const { end } = await fetching('http://127.0.0.1:1/')
    expect(end).toMatchObject({ kind: 'interrupted', why: expect.stringContaining('ECONNREFUSED') as string })
  })

  it('is not continued by a tag that is none', async () => {
    const { origin } = await serve((response) => {
      response.writeHead(200, { etag: '"a" and more', 'content-length': String(2 * MiB) })
      response.end(randomBytes(2 * MiB))
    })
    const { marks } = await fetching(origin)
    expect(marks.map(({ validator }) => validator)).toContain(null)
    expect(marks.every(({ validator }) => validator === null)).toBe(true)
  })

  it('that promises more than it sends has not sent the whole', async () => {
    const { origin } = await serve((response) =>
      response.writeHead(206, { etag: tag, 'content-range': 'bytes 0-9/100' }).end(whole),
    )
    expect((await fetching(origin)).end).toEqual({
      kind: 'interrupted',
      why: 'the file ended after 10 bytes',
    })
  })

  it('that does not say how much comes is believed at its last chunk, and room is watched while it comes', async () => {
    const content = randomBytes(3 * MiB + 5)
    const { origin } = await serve((response) => response.writeHead(200, { etag: tag }).end(content))
    const asked: number[] = []
    const room: FetchJob['room'] = (total) => {
      asked.push(total)
      return Promise.resolve({ ok: true, value: null })
    }
    const { end, progress, marks } = await fetching(origin, { room })
    expect(end).toMatchObject({ kind: 'complete', bytes: content.length, proven: true })
    expect(asked.length).toBeGreaterThan(1)
    expect(asked).toEqual(marks.map(({ done }) => done))
    expect(progress.length).toBeGreaterThan(0)
    expect(new Set(progress)).toEqual(new Set([null]))
    expect(new Set(marks.map(({ total }) => total))).toEqual(new Set([null]))
  })

  it('that ends where the connection closes is whole, but nobody said so', async () => {
    const { origin } = await serve((response) =>
      response.writeHead(200, { connection: 'close', 'transfer-encoding': 'identity' }).end(whole),
    )
    expect((await fetching(origin)).end).toMatchObject({ kind: 'complete', bytes: 10, proven: false })
  })

  it.each([
    [undefined, 0],
    [tag, 2 * MiB],
  ])(
    'that never ends is held before the disk is full, and with the tag %s keeps %i bytes',
    async (etag, kept) => {
      const { origin } = await serve((response) => {
        response.writeHead(200, etag === undefined ? {} : { etag }).write(randomBytes(4 * MiB))
      })
      const full = fail('disk-full', 'There is no room.')
      const room: FetchJob['room'] = (total) =>
        Promise.resolve(total < 2 * MiB ? { ok: true, value: null } : full)
      expect((await fetching(origin, { room })).end).toEqual({ kind: 'held', problem: full.problem })
      const { size } = statSync(part())
      if (kept === 0) expect(size).toBe(0)
      else expect(size).toBeGreaterThanOrEqual(kept)
    },
  )

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('that was packed with %s on the way is unpacked', async (coding, pack) => {
    const content = Buffer.alloc(2 * MiB, 'frame ')
    const packed = pack(content)
    const headers = { 'content-encoding': coding, 'content-length': String(packed.length), etag: tag }
    const { origin } = await serve((response) => response.writeHead(200, headers).end(packed))
    const { end, marks } = await fetching(origin)
    expect(end).toMatchObject({ kind: 'complete', bytes: content.length, proven: true })
    expect(readFileSync(part()).equals(content)).toBe(true)
    expect(marks.every(({ validator }) => validator === null)).toBe(true)
  })

  it('is hung up on where nothing more is wanted of it', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const { origin } = await serve((response) => {
      response.on('close', () => {
        resolve(undefined)
      })
      response.writeHead(200, { 'content-length': String(3 * 1024 * MiB) }).write('the beginning')
    })
    expect((await fetching(origin)).end).toEqual({
      kind: 'link-lost',
      why: 'the file is larger than 2.15 GB',
    })
    await promise
  })
})

describe('a long download', () => {
  it('is marked each time a whole MiB was flushed, and tells how far it is', async () => {
    const content = randomBytes(5 * MiB)
    const { origin } = await serve((response) =>
      response.writeHead(200, { etag: tag, 'content-length': String(content.length) }).end(content),
    )
    const { marks, progress } = await fetching(origin)
    const steps = marks.map(({ done }, index) => done - (marks[index - 1]?.done ?? 0))
    expect(steps.length).toBeGreaterThanOrEqual(3)
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(MiB)
    expect(progress).toEqual(marks.map(({ done }) => done / content.length))
    expect(marks.at(-1)).toMatchObject({ url: origin, validator: tag, total: content.length })
  })

  it('is kept up as long as one sixteenth of a MiB comes each minute', async () => {
    const piece = 64 * KiB
    const content = randomBytes(6 * piece)
    let now = 1_000_000
    const { origin } = await serve((response) => {
      response.writeHead(200, { 'content-length': String(content.length) })
      let sent = 0
      const next = () => {
        response.write(content.subarray(sent, sent + piece))
        sent += piece
        if (sent === content.length) response.end()
      }
      next()
      // The next minute begins when all of this one has been written down.
      const waiting = setInterval(() => {
        if (!existsSync(part()) || statSync(part()).size < sent || response.writableEnded) return
        now += 60_000
        next()
      }, 1)
      response.on('close', () => {
        clearInterval(waiting)
      })
    })
    const { end } = await fetching(origin, { monotonic: () => now })
    expect(end).toMatchObject({ kind: 'complete', bytes: content.length, proven: true })
    expect(readFileSync(part()).equals(content)).toBe(true)
  })

  it.runIf(showsOpenFiles)('keeps no file open once it is over', async () => {
    const { origin } = await serve((response) => response.writeHead(200, { etag: tag }).end(whole))
    await fetching(origin)
    expect(openFiles()).not.toContain(part())
  })
})
