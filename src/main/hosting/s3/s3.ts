import { wrongClock, linkUnusable } from './problems.ts'
import { createHash, randomBytes } from 'node:crypto'
import type { Bucket } from '../../../shared/domain/delivery.ts'
import { type Problem, ok, type Outcome } from '../../../shared/outcome.ts'
import { MiB, type Bytes, type Seconds } from '../../../shared/units.ts'
import { isLoopbackHost, safeUrl } from '../../network/addresses.ts'
import type { ClipHost, FileToHost, Putting, UploadNote } from '../hosts.ts'
import { checkAddress } from '../public-check.ts'
import { withBody, sendMultipart } from './multipart.ts'
import {
  isSamePlace,
  newS3Note,
  readS3Note,
  type S3Note,
  type S3Placed,
  openSession,
  type S3Parts,
  type S3Session,
  type Tried,
} from './session.ts'
import type { S3Keys, S3Place } from './sdk.ts'

/** Up to here a file goes in one piece. */
const oneRequest: Bytes = 16 * MiB
const linkLife: Seconds = 24 * 60 * 60

export type S3Options = S3Parts &
  S3Keys & {
    readonly bucket: Bucket
    /** Called with what the user should fix although the file was stored. */
    readonly warn?: ((problem: Problem) => void) | undefined
  }

/** Opens each bucket once: the configured one, and those that older notes speak of. */
function createSessions(options: S3Options) {
  const open = new Map<string, Promise<S3Session>>()
  return {
    of: async ({ endpoint, region, bucket }: S3Place): Promise<Outcome<S3Session>> => {
      const safe = safeUrl(endpoint, true)
      if (!safe.ok) return safe
      const place = { endpoint, region, bucket }
      const name = JSON.stringify(place)
      const session = open.get(name) ?? openSession(place, options, options)
      open.set(name, session)
      return ok(await session)
    },
    close: async () => {
      for (const session of open.values()) (await session).close()
      open.clear()
    },
  }
}

async function send(
  session: S3Session,
  file: FileToHost,
  note: UploadNote,
  start: S3Note,
  putting: Putting,
): Promise<Outcome<null>> {
  return withBody(file, async (read) => {
    if (file.bytes > oneRequest) return sendMultipart({ session, file, read, note, putting }, start)
    const body = await read(0, file.bytes)
    if (!body.ok) return body
    return session.attempt(async (calls, signal) => {
      await calls.put({ key: start.key, contentType: file.contentType, ...body.value }, signal)
      return null
    }, putting.signal)
  })
}

/** The multipart uploads to end: the noted one, and those whose id was lost with an answer, where the keys may look. */
async function openUploads(
  { attempt }: S3Session,
  { key, large, upload }: S3Placed,
): Promise<readonly string[]> {
  const listed = large ? await attempt((calls, signal) => calls.openUploads({ key }, signal)) : ok([])
  return [...new Set([...(upload ? [upload.id] : []), ...(listed.ok ? listed.value : [])])]
}

/** Takes down what a note speaks of; what is not there any more counts as taken down. */
async function takeDown(session: S3Session, noted: S3Placed): Promise<Outcome<null>> {
  const { key } = noted
  const ends: Tried<void>[] = []
  for (const upload of await openUploads(session, noted))
    ends.push(await session.attempt((calls, signal) => calls.abort({ key, upload }, signal)))
  ends.push(await session.attempt((calls, signal) => calls.remove({ key }, signal)))
  for (const end of ends) if (!end.ok && !end.gone) return { ok: false, problem: end.problem }
  return ok(null)
}

/** A bucket of the user at any S3-compatible service; providers fetch by links that are signed for a day. */
export function createS3Host(options: S3Options): ClipHost {
  const { bucket, clock, warn } = options
  const sessions = createSessions(options)

  const removeOne = async (noted: S3Placed): Promise<Outcome<null>> => {
    const session = await sessions.of(noted)
    return session.ok ? takeDown(session.value, noted) : session
  }
  const removeNoted = async ({ before, ...noted }: S3Note): Promise<Outcome<null>> => {
    let failed: Outcome<null> | undefined
    for (const one of [...before, noted]) {
      const removed = await removeOne(one)
      if (!removed.ok) failed ??= removed
    }
    return failed ?? ok(null)
  }

  /** The note to continue from. A file that was going to another bucket stays in the note until it is deleted there. */
  const startingNote = async ({ name, bytes }: FileToHost, note: UploadNote): Promise<S3Note> => {
    const fresh = newS3Note(bucket, name, bytes > oneRequest)
    const earlier = readS3Note(note.read())
    if (earlier && isSamePlace(earlier, fresh)) return { ...earlier, large: fresh.large }
    const moved = { ...fresh, before: earlier ? [...earlier.before, earlier] : [] }
    note.write(moved)
    if (earlier === null || !(await removeNoted(earlier)).ok) return moved
    note.write(fresh)
    return fresh
  }

  /** A file that arrived before, and whose link died, only needs a new link. */
  const isStored = async (
    { attempt }: S3Session,
    { stored, key }: S3Note,
    { bytes }: FileToHost,
    putting: Putting,
  ) => {
    if (!stored) return false
    const size = await attempt((calls, signal) => calls.size({ key }, signal), putting.signal)
    return size.ok && size.value === bytes
  }

  return {
    id: 's3',
    put: async (file, note, putting = {}) => {
      const session = await sessions.of(bucket)
      if (!session.ok) return session
      const start = await startingNote(file, note)
      if (!(await isStored(session.value, start, file, putting))) {
        const sent = await send(session.value, file, note, { ...start, stored: false }, putting)
        if (!sent.ok) return sent
        note.write({ ...start, upload: null, stored: true })
      }
      putting.onProgress?.(1)
      const off = wrongClock(bucket, session.value.calls.clockOffset())
      if (off) warn?.(off)
      const url = await session.value.calls.presign(start.key, linkLife)
      return ok({ url, until: clock.now() + linkLife * 1000 })
    },
    remove: (name, note) => removeNoted(readS3Note(note) ?? newS3Note(bucket, name, true)),
    // A signed link works as long as it says, whichever process made it.
    isLive: () => true,
    close: sessions.close,
  }
}

/**
 * Stores, fetches and deletes one small file of noise, as a take would. The answer is the sentence of the first step
 * that failed; whatever happens, nothing stays in the bucket that could be deleted.
 */
export async function testBucket(options: S3Options, signal?: AbortSignal): Promise<Outcome<null>> {
  const sessions = createSessions(options)
  const opened = await sessions.of(options.bucket)
  if (!opened.ok) return opened
  const { calls, attempt } = opened.value
  const noise = randomBytes(1024)
  const key = `${options.bucket.prefix}understudy-test-${randomBytes(16).toString('hex')}`
  const contentType = 'video/mp4'
  const md5 = createHash('md5').update(noise).digest('base64')
  try {
    const stored = await attempt(
      (calls, within) => calls.put({ key, contentType, body: noise, md5 }, within),
      signal,
    )
    if (!stored.ok) return stored
    const url = await calls.presign(key, linkLife)
    const loopback = isLoopbackHost(new URL(url).hostname)
    const question = { network: options.network, url, loopback, contentType, bytes: noise.length }
    const fetched = await checkAddress(question, { head: noise, tail: noise }, signal)
    const removed = await attempt(async (calls) => {
      await calls.remove({ key })
      return null
    })
    return fetched.ok ? removed : linkUnusable(fetched.problem, options.bucket)
  } finally {
    await sessions.close()
  }
}
