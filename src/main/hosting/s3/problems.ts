import { type ProblemCode, type Failure, fail, type Problem } from '../../../shared/outcome.ts'
import { type S3Error, isFull, isWrongTime } from './errors.ts'
import type { S3Place, S3Keys } from './sdk.ts'
import { createRedact } from '../../providers/redact.ts'
import { errorCode } from '../../files/error-code.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Bucket } from '../../../shared/domain/delivery.ts'

const minute: Milliseconds = 60_000

/** What to tell the user about the clock of this computer; null while it is right enough. `offset`: theirs less ours. */
export function wrongClock({ endpoint }: Pick<Bucket, 'endpoint'>, offset: Milliseconds): Problem | null {
  if (Math.abs(offset) <= minute) return null
  const minutes = Math.round(Math.abs(offset) / minute)
  const off = `${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'} ${offset > 0 ? 'slow' : 'fast'}`
  return {
    code: 'clip-unreachable',
    message: `According to ${new URL(endpoint).host}, this computer’s clock is ${off}.`,
    advice: 'Uploads still work, signed with the correct time. Set the clock to hide this message.',
  }
}

export function linkUnusable(problem: Problem, { bucket }: Bucket): Failure {
  if (problem.code === 'cancelled') return { ok: false, problem }
  const message = `The bucket “${bucket}” stores files, but its signed link doesn’t work for someone without your keys.`
  const advice = 'Check the bucket’s address, and that its service supports signed links.'
  return { ok: false, problem: { ...problem, message, advice } }
}

export const fileChanged = () =>
  fail('file-damaged', 'The prepared file changed while it was being uploaded.', {
    advice: 'Prepare the take again.',
  })

export const fileUnreadable = (error: unknown) =>
  fail('file-unreadable', 'The prepared file couldn’t be read, so it wasn’t uploaded.', {
    advice: 'Prepare the take again.',
    detail: errorCode(error) || String(error),
  })

type Words = { readonly code: ProblemCode; readonly message: string; readonly advice: string }

const silent = new Set([408, 429, 500, 502, 503, 504])

const inSettings = 'in the bucket settings'

function wordsFor(error: S3Error, bucket: string, host: string): Words {
  const { name, message, status } = error
  const refused = (message: string, advice: string): Words => ({ code: 'clip-unreachable', message, advice })
  if (name === 'NoSuchBucket')
    return refused(
      `There is no bucket “${bucket}” at ${host}.`,
      `Correct the name or the address ${inSettings}.`,
    )
  if (isFull(error))
    return refused(
      `The bucket “${bucket}” at ${host} has no space for the file.`,
      'Delete files there or raise its limit, then submit the take again.',
    )
  if (['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken'].includes(name) || status === 401)
    return refused(
      `${host} doesn’t accept the keys of the bucket “${bucket}”.`,
      `Enter both keys again ${inSettings}.`,
    )
  if (isWrongTime(name, message))
    return refused(
      `${host} refuses requests because this computer’s clock is wrong.`,
      'Set the clock and try again.',
    )
  if (
    status === 301 ||
    status === 307 ||
    ['AuthorizationHeaderMalformed', 'PermanentRedirect'].includes(name)
  )
    return refused(
      `The bucket “${bucket}” is in another region.`,
      `Correct the region or the address ${inSettings}.`,
    )
  if (status === 403)
    return refused(
      `These keys lack permission for the bucket “${bucket}” at ${host}.`,
      'At the bucket’s service, allow the keys to put, get and delete files in it.',
    )
  if (status === null || silent.has(status) || name === 'SlowDown')
    return {
      code: 'provider-silent',
      message: `${host}, which hosts the bucket “${bucket}”, isn’t answering properly.`,
      advice: 'Check your internet connection and try again.',
    }
  return refused(
    `${host} refused a request for the bucket “${bucket}”.`,
    'Read the service’s message below, then try again or choose another clip host.',
  )
}

/** The sentence for the user; words of the service are kept, the keys never are. */
export function s3Failure(error: S3Error, place: S3Place, keys: S3Keys): Failure {
  const words = wordsFor(error, place.bucket, new URL(place.endpoint).host)
  const said = createRedact([keys.secretKey, keys.accessKey]).text(`${error.name}: ${error.message}`)
  return { ok: false, problem: { ...words, detail: said.slice(0, 500) } }
}
export const uploadingFile = 'Uploading the file'
