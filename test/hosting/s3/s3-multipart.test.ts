import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Putting } from '../../../src/main/hosting/hosts.ts'
import { type BodyReader, sendMultipart } from '../../../src/main/hosting/s3/multipart.ts'
import { newS3Note, type S3Note, type S3Session } from '../../../src/main/hosting/s3/session.ts'
import type { BucketCalls } from '../../../src/main/hosting/s3/sdk.ts'
import { cancelled, fail, ok } from '../../../src/shared/outcome.ts'
import { MiB } from '../../../src/shared/units.ts'

const place = { endpoint: 'https://s3.example', region: 'r', bucket: 'clips' }
const start = newS3Note({ ...place, prefix: 'understudy/' }, 'a.mp4', true)
const key = 'understudy/a.mp4'

/** What a bucket says no with; `gone` where it does not know what it is asked about. */
class Refusal extends Error {
  readonly gone: boolean
  constructor(words: string, gone = false) {
    super(words)
    this.gone = gone
  }
}
const refused = (words: string) => fail('clip-unreachable', words)
const refuse = (words: string, gone = false) => Promise.reject(new Refusal(words, gone))
const asked = (name: string) => (): never => {
  throw new Error(`nobody should ask for ${name}`)
}

/** A bucket that does each thing as told, is asked once for each, and remembers what it was asked. */
function sending(bytes: number, told: Partial<BucketCalls> = {}, putting: Putting = {}) {
  const said: unknown[] = []
  const signals = new Map<string, AbortSignal | undefined>()
  const notes: S3Note[] = []
  let ids = 0
  const calls: BucketCalls = {
    ...{ put: asked('put'), abort: asked('abort'), openUploads: asked('uploads'), remove: asked('remove') },
    ...{ presign: asked('a link'), clockOffset: () => 0, close: () => undefined },
    begin: () => Promise.resolve(`upload-${String((ids += 1))}`),
    putPart: ({ number }) => Promise.resolve(`"tag-${String(number)}"`),
    finish: () => Promise.resolve(),
    size: () => Promise.resolve(null),
    ...told,
  }
  const listening = (name: 'begin' | 'putPart' | 'finish' | 'size') => {
    const call = calls[name] as (args: object, signal?: AbortSignal) => Promise<never>
    return (args: object, signal?: AbortSignal) => {
      said.push([name, args])
      signals.set(name, signal)
      return call(args, signal)
    }
  }
  const heard = {
    ...calls,
    ...{ begin: listening('begin'), putPart: listening('putPart') },
    ...{ finish: listening('finish'), size: listening('size') },
  }
  const session: S3Session = {
    ...{ place, calls: heard, close: calls.close },
    attempt: async (call, signal) => {
      try {
        signal?.throwIfAborted()
        return ok(await call(heard, signal))
      } catch (error) {
        if (signal?.aborted) return { ...cancelled('Uploading the file'), gone: false }
        if (!(error instanceof Refusal)) throw error
        return { ...refused(error.message), gone: error.gone }
      }
    },
  }
  const read: BodyReader = (offset, length) =>
    Promise.resolve(ok({ body: new Uint8Array(0), md5: `${String(offset)}+${String(length)}` }))
  const job = {
    ...{ session, read, putting },
    file: { path: '/a.mp4', name: 'a.mp4', contentType: 'video/mp4', bytes },
    note: { read: () => null, write: (note: unknown) => void notes.push(note as S3Note) },
  }
  const names = () => said.map((one) => (one as [string])[0])
  return { job, said, signals, notes, names }
}

const partsOf = ({ said }: { said: unknown[] }) =>
  (said as [string, { number: number }][]).flatMap(([name, { number }]) => (name === 'putPart' ? number : []))
const upload = (id: string, ...numbers: number[]) => ({
  id,
  parts: numbers.map((number) => ({ number, etag: `"tag-${String(number)}"` })),
})

describe('a large file', () => {
  it('goes in parts of 8 MiB, each noted down when it arrived, and is put together in their order', async () => {
    const progress: number[] = []
    const bucket = sending(20 * MiB, {}, { onProgress: (fraction) => progress.push(fraction) })
    expect(await sendMultipart(bucket.job, start)).toEqual(ok(null))
    const part = (number: number, from: number, length: number) => [
      'putPart',
      {
        ...{ key, upload: 'upload-1', number, body: new Uint8Array(0) },
        md5: `${String(from * MiB)}+${String(length * MiB)}`,
      },
    ]
    expect(bucket.said).toEqual([
      ['begin', { key, contentType: 'video/mp4' }],
      ...[part(1, 0, 8), part(2, 8, 8), part(3, 16, 4)],
      ['finish', { key, upload: 'upload-1', parts: upload('', 1, 2, 3).parts }],
    ])
    expect(bucket.notes).toEqual(
      [[], [1], [1, 2], [1, 2, 3]].map((there) => ({ ...start, upload: upload('upload-1', ...there) })),
    )
    expect(progress).toEqual([1 / 3, 2 / 3, 1])
  })

  it('is noted down in the order of its parts, whichever arrived first', async () => {
    const first = Promise.withResolvers<string>()
    const bucket = sending(24 * MiB, {
      putPart: async ({ number }) => {
        if (number === 1) return first.promise
        if (number === 3) setImmediate(() => first.resolve('"tag-1"'))
        return Promise.resolve(`"tag-${String(number)}"`)
      },
    })
    await sendMultipart(bucket.job, start)
    const there = bucket.notes.map((note) => note.upload?.parts.map(({ number }) => number))
    expect(there).toEqual([[], [2], [2, 3], [1, 2, 3]])
    const { parts } = upload('', 1, 2, 3)
    expect(bucket.said.at(-1)).toEqual(['finish', { key, upload: 'upload-1', parts }])
  })

  it('has four parts on their way at once, and never more', async () => {
    const waiting: (() => void)[] = []
    let most = 0
    const bucket = sending(72 * MiB, {
      putPart: ({ number }) =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve(`"tag-${String(number)}"`)
          })
        }),
    })
    const sent = sendMultipart(bucket.job, start)
    while (partsOf(bucket).length < 9 || waiting.length > 0) {
      for (let turns = 0; turns < 5; turns += 1) await turn()
      most = Math.max(most, waiting.length)
      waiting.shift()?.()
    }
    expect(await sent).toEqual(ok(null))
    expect(most).toBe(4)
    expect(partsOf(bucket)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('goes on from its note: nothing that arrived is sent twice', async () => {
    const bucket = sending(33 * MiB)
    const there = { ...start, upload: upload('upload-0', 5, 2, 1) }
    expect(await sendMultipart(bucket.job, there)).toEqual(ok(null))
    expect(bucket.names()).toEqual(['putPart', 'putPart', 'finish'])
    expect(partsOf(bucket)).toEqual([3, 4])
    const { parts } = upload('', 1, 2, 3, 4, 5)
    expect(bucket.said.at(-1)).toEqual(['finish', { key, upload: 'upload-0', parts }])
  })

  it('can be cancelled in each of its steps', async () => {
    const stop = new AbortController()
    const bucket = sending(
      17 * MiB,
      { finish: () => refuse('no such upload', true) },
      { signal: stop.signal },
    )
    await sendMultipart(bucket.job, start)
    for (const name of ['begin', 'finish', 'size']) expect(bucket.signals.get(name)).toBe(stop.signal)
    const ofParts = bucket.signals.get('putPart')
    expect(ofParts?.aborted).toBe(false)
    stop.abort()
    expect(ofParts?.aborted).toBe(true)
  })
})

describe('a large file that a bucket does not take', () => {
  it('is not begun where that is refused', async () => {
    const bucket = sending(17 * MiB, { begin: () => refuse('not here') })
    expect(await sendMultipart(bucket.job, start)).toMatchObject(refused('not here'))
    expect([bucket.names(), bucket.notes]).toEqual([['begin'], []])
  })

  it('fails for the reason of the first part that failed; the others stop, and no further one begins', async () => {
    const stopped: number[] = []
    const bucket = sending(80 * MiB, {
      putPart: ({ number }, signal) =>
        number === 2
          ? refuse('part 2 is not taken')
          : new Promise((_, reject) => {
              signal?.addEventListener('abort', () => {
                stopped.push(number)
                reject(new Refusal('stopped'))
              })
            }),
    })
    expect(await sendMultipart(bucket.job, start)).toMatchObject(refused('part 2 is not taken'))
    expect([partsOf(bucket), stopped]).toEqual([
      [1, 2, 3, 4],
      [1, 3, 4],
    ])
    expect(bucket.names()).not.toContain('finish')
  })

  it('is not sent where it cannot be read any more, and is not looked for', async () => {
    const { job, names } = sending(9 * MiB)
    const read = () => Promise.resolve(fail('file-damaged', 'It changed.'))
    const end = await sendMultipart({ ...job, read }, { ...start, upload: upload('upload-0') })
    expect(end).toMatchObject(fail('file-damaged', 'It changed.'))
    expect(names()).toEqual([])
  })

  it('is not looked for and not sent again for a reason that its upload has no part in', async () => {
    const bucket = sending(9 * MiB, { finish: () => refuse('no') })
    const end = await sendMultipart(bucket.job, { ...start, upload: upload('upload-0', 1) })
    expect(end).toMatchObject(refused('no'))
    expect(bucket.names()).toEqual(['putPart', 'finish'])
  })
})

describe('an upload that the bucket does not know any more', () => {
  const forgetful = (more: Partial<BucketCalls> = {}) =>
    sending(9 * MiB, { finish: () => refuse('no such upload', true), ...more })

  it('is done where the file is there in its whole size', async () => {
    const bucket = forgetful({ size: () => Promise.resolve(9 * MiB) })
    expect(await sendMultipart(bucket.job, { ...start, upload: upload('upload-0', 1, 2) })).toEqual(ok(null))
    expect(bucket.names()).toEqual(['finish', 'size'])
    expect(bucket.said.at(-1)).toEqual(['size', { key }])
    expect(bucket.notes).toEqual([])
  })

  it.each([
    ['another file is there', () => Promise.resolve(9 * MiB - 1)],
    ['nobody says how large it is', () => Promise.resolve(null)],
    ['nobody says what is there', () => refuse('no')],
  ])('is not done where %s', async (_where, size) => {
    const bucket = forgetful({ size })
    expect(await sendMultipart(bucket.job, start)).toMatchObject(refused('no such upload'))
    expect(bucket.names().filter((name) => name === 'begin')).toHaveLength(1)
  })

  it('is started over from its first part, and the note forgets it before that', async () => {
    let ends = 0
    const bucket = sending(9 * MiB, {
      finish: () => ((ends += 1) === 1 ? refuse('no such upload', true) : Promise.resolve()),
    })
    const old = { ...start, upload: upload('upload-0', 1, 2) }
    expect(await sendMultipart(bucket.job, old)).toEqual(ok(null))
    expect(bucket.names()).toEqual(['finish', 'size', 'begin', 'putPart', 'putPart', 'finish'])
    expect(bucket.notes.map((note) => note.upload)).toEqual([
      null,
      upload('upload-1'),
      upload('upload-1', 1),
      upload('upload-1', 1, 2),
    ])
  })

  it('is started over once, not for ever', async () => {
    const bucket = forgetful()
    const end = await sendMultipart(bucket.job, { ...start, upload: upload('upload-0', 1, 2) })
    expect(end).toMatchObject(refused('no such upload'))
    expect(bucket.names().filter((name) => name === 'finish')).toHaveLength(2)
  })
})
