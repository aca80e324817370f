import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bucket } from '../../../src/shared/domain/delivery.ts'
import type { Milliseconds } from '../../../src/shared/units.ts'

/** What of `@20minutes/s3rver` is used here; the package brings no types. */
type S3rver = new (options: object) => {
  run: () => Promise<AddressInfo>
  close: () => Promise<void>
}
const require = createRequire(import.meta.url)
const S3rver = require('@20minutes/s3rver') as S3rver
const { DUMMY_ACCOUNT } = require('@20minutes/s3rver/lib/models/account') as {
  DUMMY_ACCOUNT: { createKeyPair: (accessKey: string, secretKey: string) => void }
}

export const s3Keys = { accessKey: 'AKCANARYACCESSKEY', secretKey: 'canary-secret-9f2d71c4e8' }
DUMMY_ACCOUNT.createKeyPair(s3Keys.accessKey, s3Keys.secretKey)

export type S3Request = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Answers in place of the server, lets the request pass (false), or lets a changed one pass. */
type Fault = (request: S3Request, response: ServerResponse) => boolean | S3Request

export type S3Server = {
  readonly bucket: Bucket
  readonly seen: readonly S3Request[]
  /** The part numbers that reached the bucket, in order of arrival. */
  readonly parts: () => readonly number[]
  /** Stands in front of every request until it is replaced. */
  fault: Fault
  /** How far the clock of the service is ahead of this machine's; a request signed by a clock 5 minutes off is refused. */
  ahead: Milliseconds
  /** Names of the objects, and ids of multipart uploads nobody ended. */
  readonly objects: () => Promise<readonly string[]>
  readonly uploads: () => Promise<readonly string[]>
  readonly forgetUploads: () => Promise<void>
  readonly close: () => Promise<void>
}

export const noFault: Fault = () => false

export function s3Error(response: ServerResponse, status: number, code: string, headers = {}): true {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code} it is.</Message></Error>`)
  return true
}

async function read(request: IncomingMessage): Promise<S3Request> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bucket')
  const { method = '', headers } = request
  return { method, path: pathname, query: searchParams, headers, body: Buffer.concat(chunks) }
}

/** The server behind shows its files to anyone, as if every bucket were public. */
const isSigned = ({ headers, query }: S3Request) =>
  headers.authorization !== undefined || query.has('X-Amz-Signature')

/** The server behind does not look at the checksum of a body, which real ones do. */
function digestIsWrong({ headers, body }: S3Request): boolean {
  const claimed = headers['content-md5']
  const sha256 = headers['x-amz-content-sha256']
  const hash = (name: string, form: 'base64' | 'hex') => createHash(name).update(body).digest(form)
  if (claimed !== undefined && claimed !== hash('md5', 'base64')) return true
  return sha256 !== undefined && sha256 !== 'UNSIGNED-PAYLOAD' && sha256 !== hash('sha256', 'hex')
}

const mostSkew: Milliseconds = 5 * 60_000

/** By the date a request was signed with; a link is judged by the server behind. */
function isSkewed({ headers }: S3Request, now: Milliseconds): boolean {
  const signed = headers['x-amz-date']
  if (typeof signed !== 'string') return false
  const at = Date.parse(signed.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'))
  return Math.abs(at - now) > mostSkew
}

type Passing = { readonly port: number; readonly url: string; readonly date: string }

function pass({ port, url, date }: Passing, one: S3Request, response: ServerResponse): void {
  const headers = { ...one.headers, 'content-length': String(one.body.length) }
  const behind = ask({ port, host: '127.0.0.1', path: url, method: one.method, headers, agent: false })
  behind.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, date })
    answer.pipe(response)
  })
  behind.on('error', () => response.destroy())
  response.on('close', () => behind.destroy())
  behind.end(one.body)
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })

/**
 * An S3-compatible server with one bucket, which checks signatures and clocks, and faults in front of it. What the
 * server behind lacks is added here: privacy, checksums of bodies, and multipart uploads that are listed, aborted or not known.
 */
export async function startS3Server(name = 'clips'): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'understudy-s3-'))
  const options = { address: '127.0.0.1', port: 0, silent: true, directory }
  const behind = new S3rver({ ...options, configureBuckets: [{ name }] })
  const { port } = await behind.run()
  const uploadFolder = join(directory, name, '._S3rver_uploads')
  const uploads = (): Promise<readonly string[]> => readdir(uploadFolder).catch(() => [])
  const seen: S3Request[] = []

  const listUploads = async ({ query }: S3Request, response: ServerResponse) => {
    const open = await Promise.all(
      (await uploads()).map(async (id) => ({
        id,
        key: await readFile(join(uploadFolder, id, 'key'), 'utf8'),
      })),
    )
    const entries = open
      .filter(({ key }) => key.startsWith(query.get('prefix') ?? ''))
      .map(({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`)
    response.writeHead(200, { 'content-type': 'application/xml' })
    response.end(`<ListMultipartUploadsResult>${entries.join('')}</ListMultipartUploadsResult>`)
  }

  const answer = async (one: S3Request, url: string, response: ServerResponse) => {
    seen.push(one)
    const fault = server.fault(one, response)
    if (fault === true) return
    const passed = fault === false ? one : fault
    const now = Date.now() + server.ahead
    const date = new Date(now).toUTCString()
    if (isSkewed(passed, now)) return void s3Error(response, 403, 'RequestTimeTooSkewed', { date })
    if (!isSigned(passed)) return void s3Error(response, 403, 'AccessDenied')
    if (digestIsWrong(passed)) return void s3Error(response, 400, 'BadDigest')
    const upload = passed.query.get('uploadId')
    if (passed.method === 'GET' && passed.query.has('uploads')) return listUploads(passed, response)
    if (upload !== null && !(await uploads()).includes(upload))
      return void s3Error(response, 404, 'NoSuchUpload')
    if (upload !== null && passed.method === 'DELETE') {
      await rm(join(uploadFolder, upload), { recursive: true })
      response.writeHead(204).end()
      return
    }
    pass({ port, url, date }, passed, response)
  }
  const front = createServer((request, response) => {
    // A request that is cut off half-way never was one.
    read(request).then(
      (one) => answer(one, request.url ?? '/', response),
      () => response.destroy(),
    )
  })
  const endpoint = `http://127.0.0.1:${String(await listen(front))}`
  const server: S3Server = {
    bucket: { endpoint, region: 'us-east-1', bucket: name, prefix: 'understudy/' },
    seen,
    parts: () =>
      seen.filter(({ query }) => query.has('partNumber')).map(({ query }) => Number(query.get('partNumber'))),
    fault: noFault,
    ahead: 0,
    objects: async () =>
      (await readdir(join(directory, name), { recursive: true }))
        .filter((path) => path.endsWith('._S3rver_object'))
        .map((path) => path.replace('._S3rver_object', '')),
    uploads,
    forgetUploads: () => rm(uploadFolder, { recursive: true, force: true }),
    close: async () => {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
      await behind.close()
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return server
}
