import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../support/servers/fault-proxy.ts'
import { takeId } from '../support/library/library.ts'
import { s3Error, type S3Request } from '../support/servers/s3-server.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { fiveParts } from './upload-parts.ts'
import { problemNow, uploadStage } from './upload-stage.ts'

const stage = uploadStage()
const ends = ['DONE', 'DRAFT', 'NEEDS_USER', 'REJECTED'] as const
type Room = Awaited<ReturnType<typeof stage.room>>

const isFetch = ({ method, query }: S3Request) => method === 'GET' && query.has('X-Amz-Signature')
const isPut = ({ method }: S3Request) => method === 'PUT'
const puts = ({ s3 }: Room) => s3.seen.filter(isPut)

/** Submits, and comes back once the take was a draft again after its files were to be put up. */
async function endsAsDraft({ studio }: Room) {
  await studio.bench.library.submit(studio.take())
  await studio.bench.until(takeId, 'UPLOADING')
  return (await studio.bench.until(takeId, 'DRAFT')).problem
}

describe('a bucket that cannot be reached', () => {
  it('12 · connection refused: held as offline without a byte, resumed by itself', async () => {
    const room = await stage.room()
    await room.proxy.down()
    expect(await room.studio.ends('HELD', ...ends)).toBe('HELD')
    expect(problemNow(room.studio)).toMatchObject({
      code: 'provider-silent',
      advice: expect.stringContaining('internet connection'),
    })
    expect(room.s3.seen).toEqual([])
    await room.proxy.up()
    expect((await room.studio.bench.until(takeId, ...ends)).state).toBe('DONE')
    await stage.expectAtRest(room, 1)
  })

  it('12 · a name that does not resolve: held, nothing submitted, nothing left', async () => {
    // A label of more than 63 letters cannot be put into a question, so no name server is asked.
    const room = await stage.room({ endpoint: `https://${'x'.repeat(64)}.example` })
    expect(await room.studio.ends('HELD', ...ends)).toBe('HELD')
    expect(problemNow(room.studio)?.code).toBe('provider-silent')
    expect([room.s3.seen, room.studio.posts()]).toEqual([[], 0])
  })
})

describe('a large file on a bad line', () => {
  /** The heads of all parts that were begun, and a fault for the first one of that number. */
  function faultAt(number: number, then: 'reset' | 'stall') {
    const begun: number[] = []
    const fault: Fault = {
      kind: 'at-request',
      bytes: 1_000_000,
      then,
      picks: (head) => {
        const part = Number(/[?&]partNumber=(\d+)/.exec(head)?.[1])
        if (part) begun.push(part)
        return part === number && begun.filter((one) => one === number).length === 1
      },
    }
    return { begun, fault: () => fault }
  }

  it('13 · reset in part 3 of 5: only part 3 again', async () => {
    const { begun, fault } = faultAt(3, 'reset')
    const room = await stage.room({ bytes: fiveParts, fault })
    expect(await room.studio.ends(...ends)).toBe('DONE')
    expect(begun.toSorted()).toEqual([1, 2, 3, 3, 4, 5])
    expect(room.s3.parts().toSorted()).toEqual([1, 2, 3, 4, 5])
    await stage.expectAtRest(room, 1)
  })

  it('14 · nothing moves in part 2: sent again on a new socket', async () => {
    const { begun, fault } = faultAt(2, 'stall')
    const room = await stage.room({ bytes: fiveParts, fault, stall: 5000 })
    const passages = () => room.proxy.passages().length
    expect(await room.studio.ends(...ends)).toBe('DONE')
    expect(begun.filter((part) => part === 2)).toHaveLength(2)
    expect(room.s3.parts().toSorted()).toEqual([1, 2, 3, 4, 5])
    expect(passages()).toBeGreaterThan(4)
    await stage.expectAtRest(room, 1)
  })
})

describe('a signature that is not taken', () => {
  const expired = (response: ServerResponse) => {
    response.writeHead(403, { 'content-type': 'application/xml' })
    response.end('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>')
    return true
  }
  const refusals = [
    ['RequestExpired', (response: ServerResponse) => s3Error(response, 403, 'RequestExpired')],
    ['AccessDenied in the words of others', expired],
  ] as const

  it.each(refusals)('15 · 403 expired as %s: signed again at once, and it goes on', async (_what, refuse) => {
    const room = await stage.room()
    room.s3.fault = (request, response) => isPut(request) && puts(room).length === 1 && refuse(response)
    expect(await room.studio.ends(...ends)).toBe('DONE')
    // The clip twice, the character once.
    expect(puts(room).map(({ path }) => path.split('.').at(-1))).toEqual(['mp4', 'mp4'])
    await stage.expectAtRest(room, 1)
  })

  it('15 · 403 expired again: signed again once and no more, a draft with the reason', async () => {
    const room = await stage.room()
    room.s3.fault = (request, response) => isPut(request) && s3Error(response, 403, 'RequestExpired')
    const problem = await endsAsDraft(room)
    expect(problem).toMatchObject({ code: 'clip-unreachable', advice: 'Set the clock and try again.' })
    expect(puts(room)).toHaveLength(2)
    await stage.expectAtRest(room, 0)
  })

  it.each([
    [10, '10 minutes slow'],
    [-10, '10 minutes fast'],
  ])(
    '16 · the clock is off by %i minutes: learnt, signed again, and the user is told',
    async (minutes, off) => {
      const room = await stage.room()
      room.s3.ahead = minutes * 60_000
      expect(await room.studio.ends(...ends)).toBe('DONE')
      expect(puts(room)).toHaveLength(2)
      expect(room.warnings[0]).toMatchObject({
        message: expect.stringMatching(
          new RegExp(`^According to 127\\.0\\.0\\.1:\\d+, this computer’s clock is ${off}`),
        ),
        advice: expect.stringContaining('Set the clock'),
      })
      await stage.expectAtRest(room, 1)
    },
  )
})

describe('a bucket that is busy', () => {
  it.each([
    [500, 'InternalError', {}, []],
    [503, 'SlowDown', { 'retry-after': '7' }, [7000, 7000]],
    [429, 'TooManyRequests', { 'retry-after': '3' }, [3000, 3000]],
  ])('17 · %i %s: waited for as long as it asks, then it goes on', async (status, code, headers, waits) => {
    const room = await stage.room()
    room.s3.fault = (request, response) =>
      isPut(request) && puts(room).length < 3 && s3Error(response, status, code, headers)
    expect(await room.studio.ends(...ends)).toBe('DONE')
    expect(room.studio.bench.states).not.toContain('HELD')
    expect(puts(room)).toHaveLength(3)
    expect(room.time.waits.filter((wait) => wait % 1000 === 0 && wait >= 3000)).toEqual(
      expect.arrayContaining(waits),
    )
    await stage.expectAtRest(room, 1)
  })

  it('17 · busy six times: held, and later it goes on', async () => {
    const room = await stage.room()
    room.s3.fault = (request, response) =>
      isPut(request) && puts(room).length <= 6 && s3Error(response, 503, 'SlowDown')
    expect(await room.studio.ends('HELD', ...ends)).toBe('HELD')
    expect((await room.studio.bench.until(takeId, ...ends)).state).toBe('DONE')
    expect(puts(room)).toHaveLength(7)
    await stage.expectAtRest(room, 1)
  })
})

describe('a file that a stranger would not get', () => {
  const page = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')
    return true
  }
  const shorter = (response: ServerResponse) => {
    const headers = { 'content-type': 'video/mp4', 'content-range': 'bytes 0-65535/99999' }
    response.writeHead(206, headers).end(Buffer.alloc(65_536))
    return true
  }
  const toLogin = (response: ServerResponse) => {
    response.writeHead(302, { location: '/login' }).end()
    return true
  }
  const answers = [
    ['18 · one byte shorter than what was sent', shorter, /but the prepared clip is/],
    [
      '19 · 403',
      (to: ServerResponse) => s3Error(to, 403, 'AccessDenied'),
      /doesn’t let everyone download the clip/,
    ],
    ['19 · a web page', page, /sends a web page instead of the clip/],
    ['19 · a redirect to a page to sign in', toLogin, /sends a web page instead of the clip/],
  ] as const

  it.each(answers)('%s: never submitted, a draft with the plain reason', async (_what, answer, words) => {
    const room = await stage.room()
    room.s3.fault = (request, response) => {
      if (request.path === '/login') return page(response)
      return isFetch(request) && answer(response)
    }
    const problem = await endsAsDraft(room)
    expect(problem?.code).toBe('clip-unreachable')
    expect(problem?.message).toMatch(words)
    expect(problem?.message).toMatch(/Nothing was sent to the provider or charged/)
    await stage.expectAtRest(room, 0)
  })

  it('18 · and when it is started again although it could not be taken down, the file goes up anew under another name', async () => {
    const room = await stage.room()
    const { bench } = room.studio
    room.s3.fault = (request, response) => {
      if (puts(room).length > 1) return false
      if (request.method === 'DELETE') return s3Error(response, 403, 'AccessDenied')
      return isFetch(request) && shorter(response)
    }
    await endsAsDraft(room)
    await waitUntil(() => Promise.resolve(bench.journal.leavingUploads()[0] ?? null))
    await bench.library.submitAgain(takeId, room.studio.take().consent)
    expect((await bench.until(takeId, 'DONE', 'DRAFT', 'NEEDS_USER')).state).toBe('DONE')
    expect(new Set(puts(room).map(({ path }) => path)).size).toBe(2)
    await stage.expectAtRest(room, 1)
  })
})

describe('a bucket without room', () => {
  const refusals = [
    [403, 'QuotaExceeded'],
    [507, 'XMinioStorageFull'],
    [400, 'XMinioAdminBucketQuotaExceeded'],
  ] as const

  it.each(refusals)('21 · %i %s: a draft with the reason after one request', async (status, code) => {
    const room = await stage.room()
    room.s3.fault = (request, response) => isPut(request) && s3Error(response, status, code)
    const problem = await endsAsDraft(room)
    expect(problem?.message).toMatch(/^The bucket “clips” at 127.* has no space for the file\.$/)
    expect(puts(room)).toHaveLength(1)
    await stage.expectAtRest(room, 0)
  })

  it('21 · full in the middle of a large file: what arrived is taken away', async () => {
    const room = await stage.room({ bytes: fiveParts })
    room.s3.fault = ({ query }, response) =>
      query.get('partNumber') === '5' && s3Error(response, 507, 'InsufficientStorage')
    expect((await endsAsDraft(room))?.message).toMatch(/has no space/)
    await stage.expectAtRest(room, 0)
  })
})
