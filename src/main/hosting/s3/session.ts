import { z } from 'zod'
import { cancelled, ok, type Failure, type Ok } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Network } from '../../network/connect.ts'
import type { Clock, Log } from '../../system/ports.ts'
import { readS3Error } from './errors.ts'
import { s3Failure, uploadingFile } from './problems.ts'
import { openBucket, type BucketCalls, type S3Keys, type S3Place } from './sdk.ts'
import type { Bucket } from '../../../shared/domain/delivery.ts'

const mostTries = 6
const firstWait: Milliseconds = 500
const longestWait: Milliseconds = 60_000

export type S3Parts = {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  /** From 0 to 1, for jitter only. */
  readonly random: () => number
  /** A connection on which nothing moves for so long is given up; 30 s where nothing is said. */
  readonly stall?: Milliseconds
}

/** `gone`: what was asked for is not there (any more). */
export type Tried<T> = Ok<T> | (Failure & { readonly gone: boolean })

/** A bucket with the patience to ask again. */
export type S3Session = {
  readonly place: S3Place
  readonly calls: BucketCalls
  readonly attempt: <T>(
    call: (calls: BucketCalls, signal?: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ) => Promise<Tried<T>>
  readonly close: () => void
}

export async function openSession(
  place: S3Place,
  keys: S3Keys,
  { network, clock, log, random, stall }: S3Parts,
): Promise<S3Session> {
  const calls = await openBucket(place, keys, {
    network,
    now: clock.now,
    ...(stall !== undefined && { stall }),
  })

  const attempt: S3Session['attempt'] = async (call, signal) => {
    let resigned = false
    for (let tries = 1; ; tries += 1) {
      try {
        signal?.throwIfAborted()
        return ok(await call(calls, signal))
      } catch (thrown) {
        if (signal?.aborted) return { ...cancelled(uploadingFile), gone: false }
        const error = readS3Error(thrown)
        if (error.resign && !resigned) {
          // Every try is signed with the server's time as far as it is known, so there is no need to wait.
          resigned = true
          log('A signature was too old for the bucket, so it is made again')
          continue
        }
        if (!error.again || tries === mostTries) return { ...s3Failure(error, place, keys), gone: error.gone }
        // Not the words of the service: it may repeat a key.
        log(
          `The request to the bucket is repeated after ${error.status === null ? 'no answer' : `HTTP ${error.status}`}`,
        )
        const own = random() * Math.min(longestWait, firstWait * 2 ** tries)
        await clock.sleep(Math.max(own, error.wait ?? 0), signal)
      }
    }
  }
  return { place, calls, attempt, close: calls.close }
}

const placed = z.object({
  endpoint: z.string(),
  region: z.string(),
  bucket: z.string(),
  key: z.string().min(1),
  /** Goes in parts; a bucket may then know uploads to this name that we never heard the id of. */
  large: z.boolean().catch(true),
  upload: z
    .object({
      id: z.string().min(1),
      parts: z.array(z.object({ number: z.number().int().min(1), etag: z.string() })),
    })
    .nullable()
    .catch(null),
  /** The whole file arrived once. */
  stored: z.boolean().catch(false),
})

const note = placed.extend({
  /** Where the file was going before the bucket was changed, as long as it could not be taken down there. */
  before: z.array(placed).catch([]),
})

/** What is written down about one file: where it is going, and how much of a multipart upload has arrived. */
export type S3Note = Readonly<z.infer<typeof note>>
export type S3Placed = Readonly<z.infer<typeof placed>>

export function readS3Note(value: unknown): S3Note | null {
  const read = note.safeParse(value)
  return read.success ? read.data : null
}

export const newS3Note = (
  { endpoint, region, bucket, prefix }: Bucket,
  name: string,
  large: boolean,
): S3Note => ({
  endpoint,
  region,
  bucket,
  key: prefix + name,
  large,
  upload: null,
  stored: false,
  before: [],
})

export const isSamePlace = (one: S3Placed, other: S3Placed): boolean =>
  one.endpoint === other.endpoint && one.bucket === other.bucket && one.key === other.key

/** Which objects of which buckets a note speaks of, in words that a user finds them by; null for another host's note. */
export function whereNoted(value: unknown): string | null {
  const noted = readS3Note(value)
  if (noted === null) return null
  return [...noted.before, noted]
    .map(
      ({ key, bucket, endpoint }) =>
        `“${key}” in the bucket “${bucket}” at ${URL.parse(endpoint)?.host ?? endpoint}`,
    )
    .join(' and ')
}
