import { cancelled, ok, type Failure, type Ok } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Network } from '../../network/connect.ts'
import type { Clock, Log } from '../../system/ports.ts'
import { readS3Error, s3Failure } from './errors.ts'
import { openBucket, type BucketCalls, type S3Keys, type S3Place } from './sdk.ts'

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
        if (signal?.aborted) return { ...cancelled('Storing the file'), gone: false }
        const error = readS3Error(thrown)
        if (error.resign && !resigned) {
          // Every try is signed by the server's time as far as it was learnt, so nothing has to pass in between.
          resigned = true
          log('A signature was too old for the bucket; it is made again')
          continue
        }
        if (!error.again || tries === mostTries) return { ...s3Failure(error, place, keys), gone: error.gone }
        // Not the words of the service: it may repeat a key.
        log(`The bucket is asked again after ${error.status === null ? 'no answer' : `HTTP ${error.status}`}`)
        const own = random() * Math.min(longestWait, firstWait * 2 ** tries)
        await clock.sleep(Math.max(own, error.wait ?? 0), signal)
      }
    }
  }
  return { place, calls, attempt, close: calls.close }
}
