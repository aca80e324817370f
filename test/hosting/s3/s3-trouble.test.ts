import { describe, expect, it } from 'vitest'
import { testBucket } from '../../../src/main/hosting/s3/s3.ts'
import { MiB } from '../../../src/shared/units.ts'
import { keptNote, noiseFile, problemOf, sha256, valueOf } from '../../support/servers/hosting-kit.ts'
import { s3Error, s3Keys } from '../../support/servers/s3-server.ts'
import { s3Stage } from '../../support/servers/s3-stage.ts'

const stage = s3Stage()

describe('a bucket in trouble', () => {
  it('is asked again after a lost part, a failure and a plea to slow down, with growing patience', async () => {
    const file = await noiseFile(17 * MiB)
    let second = 0
    stage.server().fault = ({ query }, response) => {
      if (query.get('partNumber') !== '2') return false
      second += 1
      if (second === 1) return response.destroy() instanceof Object
      if (second === 2) return s3Error(response, 500, 'InternalError')
      if (second === 3) return s3Error(response, 503, 'SlowDown')
      return second === 4 && s3Error(response, 429, 'TooManyRequests')
    }
    const { url } = valueOf(await stage.newHost().put(file, keptNote()))
    expect(second).toBe(5)
    expect(stage.waits()).toEqual([500, 1000, 2000, 4000])
    expect([...stage.server().parts()].sort()).toEqual([1, 2, 2, 2, 2, 2, 3])
    expect(sha256(Buffer.from(await (await fetch(url)).arrayBuffer()))).toBe(sha256(file.content))
  })

  it('is given up after six tries, as something that may pass', async () => {
    stage.server().fault = (_, response) => s3Error(response, 503, 'SlowDown')
    const problem = problemOf(await stage.newHost().put(await noiseFile(1000), keptNote()))
    expect(stage.server().seen).toHaveLength(6)
    expect(problem.code).toBe('provider-silent')
    expect(problem.message).toMatch(
      /^127\.0\.0\.1:\d+, which hosts the bucket “clips”, isn’t answering properly/,
    )
  })

  it('that cannot be reached is worth trying again later', async () => {
    const bucket = { ...stage.server().bucket, endpoint: 'http://127.0.0.1:1' }
    expect(problemOf(await stage.newHost({ bucket }).put(await noiseFile(1000), keptNote())).code).toBe(
      'provider-silent',
    )
    expect(stage.waits()).toHaveLength(5)
  })

  it('does not keep a body that was damaged on the way', async () => {
    stage.server().fault = (request) => ({ ...request, body: Buffer.alloc(request.body.length) })
    const problem = problemOf(await stage.newHost().put(await noiseFile(1000), keptNote()))
    expect(problem).toMatchObject({ code: 'clip-unreachable', detail: expect.stringContaining('BadDigest') })
    expect(await stage.server().objects()).toEqual([])
  })

  it('with another idea of the time is believed, for requests and for the link', async () => {
    const hour = 60 * 60_000
    const ahead = () => new Date(Date.now() + hour).toUTCString()
    const signedAt: string[] = []
    stage.server().fault = ({ headers }, response) => {
      signedAt.push(String(headers['x-amz-date']))
      if (signedAt.length === 1) return s3Error(response, 403, 'RequestTimeTooSkewed', { date: ahead() })
      response.writeHead(200, { date: ahead(), etag: '"1"' }).end()
      return true
    }
    const { url } = valueOf(await stage.newHost().put(await noiseFile(1000), keptNote()))
    const timeOf = (text: string) => Date.parse(text.replace(/(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'))
    const [first, second] = signedAt.map(timeOf)
    expect(second! - first!).toBeGreaterThan(hour - 60_000)
    const linkSigned = timeOf(new URL(url).searchParams.get('X-Amz-Date') ?? '')
    expect(linkSigned - first!).toBeGreaterThan(hour - 60_000)
  })

  it.each([
    [
      403,
      'AccessDenied',
      /^These keys lack permission for the bucket “clips” at 127/,
      /allow the keys to put, get and delete/,
    ],
    [404, 'NoSuchBucket', /^There is no bucket “clips” at 127/, /Correct the name or the address/],
    [403, 'InvalidAccessKeyId', /doesn’t accept the keys of the bucket “clips”\.$/, /Enter both keys again/],
    [301, 'PermanentRedirect', /^The bucket “clips” is in another region\.$/, /Correct the region/],
    [
      400,
      'AuthorizationHeaderMalformed',
      /^The bucket “clips” is in another region\.$/,
      /Correct the region/,
    ],
    [400, 'EntityTooLarge', /refused a request for the bucket “clips”\.$/, /Read the service’s message/],
  ])('that answers %i %s says so in a sentence, at once', async (status, code, message, advice) => {
    stage.server().fault = (_, response) => s3Error(response, status, code)
    const problem = problemOf(await stage.newHost().put(await noiseFile(1000), keptNote()))
    expect(problem.code).toBe('clip-unreachable')
    expect(problem.message).toMatch(message)
    expect(problem.advice).toMatch(advice)
    expect(problem.detail).toBe(`${code}: ${code} it is.`)
    expect(stage.server().seen).toHaveLength(1)
  })

  it('refuses a wrong key pair, and says which settings to look at', async () => {
    const wrongSecret = problemOf(
      await stage.newHost({ secretKey: 'not-the-key' }).put(await noiseFile(1000), keptNote()),
    )
    const wrongAccess = problemOf(
      await stage.newHost({ accessKey: 'AKNOBODY' }).put(await noiseFile(1000), keptNote()),
    )
    for (const problem of [wrongSecret, wrongAccess])
      expect(problem).toMatchObject({
        code: 'clip-unreachable',
        message: expect.stringMatching(/doesn’t accept the keys of the bucket “clips”\.$/),
        advice: 'Enter both keys again in the bucket settings.',
      })
  })

  it('is not spoken to over plain http outside of this machine', async () => {
    const bucket = { ...stage.server().bucket, endpoint: 'http://s3.example.com' }
    expect(problemOf(await stage.newHost({ bucket }).put(await noiseFile(1000), keptNote())).code).toBe(
      'usage',
    )
  })
})

describe('the keys of a bucket', () => {
  it('are in no note, link, log line or problem, even when the service repeats them', async () => {
    const note = keptNote()
    const texts: unknown[] = []
    const file = await noiseFile(17 * MiB)
    texts.push(await stage.newHost().put(file, note))
    stage.server().fault = (_, response) =>
      s3Error(response, 500, `Echo ${s3Keys.secretKey} ${s3Keys.accessKey}`)
    texts.push(
      await stage.newHost().put(await noiseFile(1000), keptNote()),
      await testBucket(stage.options()),
    )
    stage.server().fault = (_, response) => s3Error(response, 403, `Echo ${s3Keys.secretKey}`)
    texts.push(await stage.newHost().remove(file.name, note.read()))
    expect(texts.filter((one) => (one as { ok: boolean }).ok)).toHaveLength(1)
    const everything = JSON.stringify([texts, note.written, stage.logged()])
    expect(everything).toContain('•••')
    expect(everything).not.toContain(s3Keys.secretKey)
    expect(JSON.stringify([note.written, stage.logged(), texts.slice(1)])).not.toContain(s3Keys.accessKey)
  })
})

describe('testing a bucket', () => {
  it('stores, fetches and deletes a small file, and leaves nothing behind', async () => {
    expect(await testBucket(stage.options())).toEqual({ ok: true, value: null })
    expect(stage.server().seen.map(({ method }) => method)).toEqual(['PUT', 'GET', 'DELETE'])
    expect(await stage.server().objects()).toEqual([])
  })

  it('says when nothing can be stored', async () => {
    stage.server().fault = ({ method }, response) =>
      method === 'PUT' && s3Error(response, 403, 'AccessDenied')
    expect(problemOf(await testBucket(stage.options())).message).toMatch(/^These keys lack permission/)
  })

  it('says when a stranger cannot fetch what was stored, and deletes it', async () => {
    stage.server().fault = ({ method }, response) =>
      method === 'GET' && s3Error(response, 403, 'AccessDenied')
    const problem = problemOf(await testBucket(stage.options()))
    expect(problem.message).toBe(
      'The bucket “clips” stores files, but its signed link doesn’t work for someone without your keys.',
    )
    expect(await stage.server().objects()).toEqual([])
  })

  it('says when the file came back changed', async () => {
    stage.server().fault = ({ method, body }, response) => {
      if (method !== 'GET') return false
      response
        .writeHead(200, { 'content-type': 'video/mp4', 'content-length': '1024' })
        .end(Buffer.alloc(1024))
      return body.length === 0
    }
    expect(problemOf(await testBucket(stage.options()))).toMatchObject({
      code: 'clip-unreachable',
      detail: 'Its content is different.',
    })
  })

  it('says when a file cannot be deleted again', async () => {
    stage.server().fault = ({ method }, response) =>
      method === 'DELETE' && s3Error(response, 403, 'AccessDenied')
    expect(problemOf(await testBucket(stage.options())).code).toBe('clip-unreachable')
    expect(await stage.server().objects()).toHaveLength(1)
  })
})
