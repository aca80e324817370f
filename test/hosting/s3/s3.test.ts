import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { whereNoted } from '../../../src/main/hosting/s3/session.ts'
import { MiB } from '../../../src/shared/units.ts'
import { keptNote, noiseFile, problemOf, sha256, valueOf } from '../../support/servers/hosting-kit.ts'
import { noFault, s3Error, startS3Server } from '../../support/servers/s3-server.ts'
import { s3Stage } from '../../support/servers/s3-stage.ts'

const day = 24 * 60 * 60_000
const stage = s3Stage()
/** The bucket does what it was asked; nobody hears of it. */
function loseAnswer(response: ServerResponse) {
  response.on('pipe', (from) => {
    from.unpipe(response)
    from.resume()
    response.destroy()
  })
}

const fetched = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())

describe('a file in a bucket', () => {
  it('is fetched by anyone who has the signed link, whole or in part, as the type it is, for a day', async () => {
    const file = await noiseFile(300_000)
    const before = Date.now()
    const { url, until } = valueOf(await stage.newHost().put(file, keptNote()))
    const whole = await fetch(url)
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    expect(sha256(Buffer.from(await whole.arrayBuffer()))).toBe(sha256(file.content))
    const part = await fetch(url, { headers: { range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer()).equals(file.content.subarray(100, 200))).toBe(true)
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('86400')
    expect(until).toBeGreaterThanOrEqual(before + day)
    expect(until).toBeLessThanOrEqual(Date.now() + day)
  })

  it('is not fetched by anyone else', async () => {
    const { url } = valueOf(await stage.newHost().put(await noiseFile(1000), keptNote()))
    const bare = new URL(url)
    bare.search = ''
    const tampered = url.replace(/(X-Amz-Signature=)./, '$1z')
    for (const address of [bare.href, tampered]) expect((await fetch(address)).status).toBe(403)
  })

  it('goes in one checksummed request up to 16 MiB and keeps the type of an image', async () => {
    const file = await noiseFile(16 * MiB, 'png')
    const { url } = valueOf(await stage.newHost().put(file, keptNote()))
    expect(stage.server().seen.map(({ method }) => method)).toEqual(['PUT'])
    const digest = createHash('md5').update(file.content).digest('base64')
    expect(stage.server().seen[0]!.headers['content-md5']).toBe(digest)
    const image = await fetch(url, { headers: { range: 'bytes=0-9' } })
    expect(image.headers.get('content-type')).toBe('image/png')
    expect((await image.arrayBuffer()).byteLength).toBe(10)
  })

  it('is written down before its first byte leaves', async () => {
    const note = keptNote()
    const file = await noiseFile(1000)
    stage.server().fault = () => {
      expect(note.written).toHaveLength(1)
      return false
    }
    valueOf(await stage.newHost().put(file, note))
    expect(note.read()).toMatchObject({
      endpoint: stage.server().bucket.endpoint,
      bucket: 'clips',
      key: `understudy/${file.name}`,
    })
  })

  it('arrives whole when it is larger, in parts of 8 MiB, with progress that only grows', async () => {
    const file = await noiseFile(33 * MiB)
    const fractions: number[] = []
    const putting = { onProgress: (fraction: number) => fractions.push(fraction) }
    const { url } = valueOf(await stage.newHost().put(file, keptNote(), putting))
    expect(sha256(await fetched(url))).toBe(sha256(file.content))
    expect([...stage.server().parts()].sort()).toEqual([1, 2, 3, 4, 5])
    expect(Math.max(...stage.server().seen.map(({ body }) => body.length))).toBe(8 * MiB)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    expect(await stage.server().uploads()).toEqual([])
  })

  it('is gone after it was removed, and removing it again is no failure', async () => {
    const file = await noiseFile(1000)
    const note = keptNote()
    const { url } = valueOf(await stage.newHost().put(file, note))
    for (const host of [stage.newHost(), stage.newHost()])
      expect(await host.remove(file.name, note.read())).toMatchObject({ ok: true })
    expect(await stage.server().objects()).toEqual([])
    expect((await fetch(url)).status).toBe(404)
  })

  it('is removed by its name alone when the note was lost', async () => {
    const file = await noiseFile(1000)
    valueOf(await stage.newHost().put(file, keptNote()))
    expect(await stage.newHost().remove(file.name, { torn: true })).toMatchObject({ ok: true })
    expect(await stage.server().objects()).toEqual([])
  })

  it('is not stored when it changed since it was prepared', async () => {
    const file = await noiseFile(1000)
    const problem = problemOf(await stage.newHost().put({ ...file, bytes: 999 }, keptNote()))
    expect(problem).toMatchObject({
      code: 'file-damaged',
      message: 'The prepared file changed while it was being uploaded.',
    })
    expect(stage.server().seen).toEqual([])
  })
})

describe('a put that was cut off', () => {
  const hang = (number: string) => {
    const reached = Promise.withResolvers<undefined>()
    stage.server().fault = ({ query }) => {
      if (query.get('partNumber') !== number) return false
      reached.resolve(undefined)
      return true
    }
    return reached.promise
  }

  /** Puts until part 3 of 5 hangs and the others are there, then stops as a closing app would. */
  async function cutInPartThree() {
    const file = await noiseFile(33 * MiB)
    const note = keptNote()
    const stop = new AbortController()
    const others = Promise.withResolvers<undefined>()
    const reached = hang('3')
    const put = stage.newHost().put(
      file,
      {
        ...note,
        write: (value) => {
          note.write(value)
          if ((value as { upload?: { parts: unknown[] } }).upload?.parts.length === 4)
            others.resolve(undefined)
        },
      },
      { signal: stop.signal },
    )
    await Promise.all([reached, others.promise])
    stop.abort()
    expect(problemOf(await put)).toMatchObject({ code: 'cancelled' })
    stage.server().fault = noFault
    const sentBefore = stage.server().seen.length
    const partsAfter = () =>
      stage
        .server()
        .seen.slice(sentBefore)
        .flatMap(({ query }) => query.get('partNumber') ?? [])
    return { file, note, partsAfter }
  }

  it('sends only the part that was cut, from the note alone', async () => {
    const { file, note, partsAfter } = await cutInPartThree()
    const { url } = valueOf(await stage.newHost().put(file, keptNote(note.read())))
    expect(partsAfter()).toEqual(['3'])
    expect(sha256(await fetched(url))).toBe(sha256(file.content))
  })

  it('starts over when the bucket has forgotten the upload', async () => {
    const { file, note, partsAfter } = await cutInPartThree()
    await stage.server().forgetUploads()
    const { url } = valueOf(await stage.newHost().put(file, keptNote(note.read())))
    expect(partsAfter().slice(1).sort()).toEqual(['1', '2', '3', '4', '5'])
    expect(sha256(await fetched(url))).toBe(sha256(file.content))
  })

  it('leaves nothing in the bucket when it is removed instead', async () => {
    const { file, note } = await cutInPartThree()
    expect(await stage.server().uploads()).toHaveLength(1)
    expect(await stage.newHost().remove(file.name, note.read())).toMatchObject({ ok: true })
    expect(await stage.server().uploads()).toEqual([])
    expect(await stage.server().objects()).toEqual([])
  })

  it('leaves no upload behind whose id was lost with the answer', async () => {
    const file = await noiseFile(17 * MiB)
    const note = keptNote()
    let begun = 0
    stage.server().fault = ({ method, query }, response) => {
      if (method !== 'POST' || !query.has('uploads')) return false
      begun += 1
      if (begun === 1) loseAnswer(response)
      return false
    }
    valueOf(await stage.newHost().put(file, note))
    expect(await stage.server().uploads()).toHaveLength(1)
    valueOf(await stage.newHost().remove(file.name, note.read()))
    expect(await stage.server().uploads()).toEqual([])
    expect(await stage.server().objects()).toEqual([])
  })

  it('is removed even by keys that may not list uploads', async () => {
    const { file, note } = await cutInPartThree()
    stage.server().fault = ({ method, query }, response) =>
      method === 'GET' && query.has('uploads') && s3Error(response, 403, 'AccessDenied')
    valueOf(await stage.newHost().remove(file.name, note.read()))
    expect(await stage.server().uploads()).toEqual([])
  })

  it('leaves nothing behind when the user chose another bucket meanwhile', async () => {
    const { file, note } = await cutInPartThree()
    const other = await startS3Server('elsewhere')
    const { url } = valueOf(await stage.newHost({ bucket: other.bucket }).put(file, keptNote(note.read())))
    expect(sha256(await fetched(url))).toBe(sha256(file.content))
    expect(await stage.server().uploads()).toEqual([])
    await other.close()
  })

  it('stays noted in the bucket it was going to before, until it is taken down there too', async () => {
    const { file, note } = await cutInPartThree()
    const other = await startS3Server('elsewhere')
    const refuse = ({ method }: { method: string }, response: ServerResponse) =>
      method === 'DELETE' && s3Error(response, 403, 'AccessDenied')
    stage.server().fault = refuse
    const later = keptNote(note.read())
    valueOf(await stage.newHost({ bucket: other.bucket }).put(file, later))
    expect(whereNoted(later.read())).toMatch(/in the bucket “clips” .* and .* in the bucket “elsewhere”/)
    const mover = stage.newHost({ bucket: other.bucket })
    expect(await mover.remove(file.name, later.read())).toMatchObject({ ok: false })
    expect(await other.objects()).toEqual([])
    stage.server().fault = noFault
    valueOf(await mover.remove(file.name, later.read()))
    expect(await stage.server().uploads()).toEqual([])
    await other.close()
  })

  it('is taken as done when only the answer to its end was lost', async () => {
    const file = await noiseFile(17 * MiB)
    let ended = 0
    stage.server().fault = (request, response) => {
      if (request.method !== 'POST' || !request.query.has('uploadId')) return false
      ended += 1
      if (ended > 1) return false
      loseAnswer(response)
      return false
    }
    const { url } = valueOf(await stage.newHost().put(file, keptNote()))
    expect(ended).toBe(2)
    expect([...stage.server().parts()].sort()).toEqual([1, 2, 3])
    expect(sha256(await fetched(url))).toBe(sha256(file.content))
  })
})
