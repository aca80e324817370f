import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import type { Milliseconds } from '../../../shared/units.ts'
import { retryAfter } from '../../providers/answers.ts'

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

export type S3Error = {
  /** The service's own code where it sent one. */
  readonly name: string
  readonly message: string
  /** Null when no answer came. */
  readonly status: number | null
  /** Worth another try after a while. */
  readonly again: boolean
  /** As long as the service asks to be left alone; null where it does not ask. */
  readonly wait: Milliseconds | null
  /** The signature was too old or of another time: a new one may be accepted at once. */
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
export const isWrongTime = (name: string, message: string) =>
  wrongTime.has(name) || (name === 'AccessDenied' && /request has expired|not yet valid/i.test(message))

const noRoom = /quota ?exceeded|storage ?(is ?)?full|storage ?cap ?exceeded|insufficient ?storage/i

/** A full bucket stays full until its owner makes space: another try doesn't help. */
export const isFull = ({ name, message, status }: Pick<S3Error, 'name' | 'message' | 'status'>) =>
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
