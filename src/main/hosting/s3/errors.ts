import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { Failure, ProblemCode } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { createRedact } from '../../providers/redact.ts'
import { retryAfter } from '../../providers/answers.ts'
import type { S3Keys, S3Place } from './sdk.ts'

/** What is thrown by the SDK comes from its own code, from Node's sockets and from the service's XML. */
const thrown = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z
    .object({
      httpStatusCode: z.number().optional().catch(undefined),
      clockSkewCorrected: z.boolean().optional().catch(undefined),
    })
    .catch({}),
  $response: z
    .object({ statusCode: z.number(), headers: z.record(z.string(), z.string()).catch({}) })
    .optional()
    .catch(undefined),
})

type S3Error = {
  /** The service's own code where it sent one. */
  readonly name: string
  readonly message: string
  /** Null when no answer came. */
  readonly status: number | null
  /** Worth another try after a while. */
  readonly again: boolean
  /** As long as the service asks to be left alone; null where it does not ask. */
  readonly wait: Milliseconds | null
  /** The signature was too old or of another time: made anew it may be taken, at once. */
  readonly resign: boolean
  /** The file, the bucket or the multipart upload is not there. */
  readonly gone: boolean
}

const badCertificate = /CERT|SELF_SIGNED|ERR_TLS/
const worthAnotherTry = new Set([408, 429, 500, 502, 503, 504, 509, 520, 522, 523, 524])

function isWorthAnotherTry(name: string, status: number | null, code: string): boolean {
  if (status === null) return !badCertificate.test(code)
  return worthAnotherTry.has(status) || name === 'SlowDown' || name === 'RequestTimeout'
}

const wrongTime = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'])

/** From most services it is a name of its own, from others only words. */
const isWrongTime = (name: string, message: string) =>
  wrongTime.has(name) || (name === 'AccessDenied' && /request has expired|not yet valid/i.test(message))

const noRoom = /quota ?exceeded|storage ?(is ?)?full|storage ?cap ?exceeded|insufficient ?storage/i

/** A bucket without room stays so until somebody makes room: no try of ours changes that. */
const isFull = ({ name, message, status }: Pick<S3Error, 'name' | 'message' | 'status'>) =>
  status === 507 || noRoom.test(name) || noRoom.test(message)

export function readS3Error(error: unknown): S3Error {
  const { name, message, code, $metadata, $response } = thrown.parse(
    error instanceof Object ? error : { name: 'Error', message: String(error) },
  )
  const answered = $metadata.httpStatusCode ?? $response?.statusCode
  const status = answered ?? null
  const headers: IncomingHttpHeaders = $response?.headers ?? {}
  return {
    name,
    message: message === '' ? (code ?? name) : message,
    status,
    again: !isFull({ name, message, status }) && isWorthAnotherTry(name, status, code ?? ''),
    wait: retryAfter(headers),
    resign: $metadata.clockSkewCorrected === true || isWrongTime(name, message),
    gone: status === 404 || name === 'NoSuchUpload',
  }
}

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
