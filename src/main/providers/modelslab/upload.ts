import { fileTooLarge, whoCanSee } from './problems.ts'
import { readFile, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes, Milliseconds } from '../../../shared/units.ts'
import type { Clock } from '../../system/ports.ts'
import { safeUrl } from '../../network/addresses.ts'
import { readAnswer } from '../answers.ts'
import { problemOf, fileNotAccepted } from '../problems.ts'
import { modelsLabAnswer, modelsLabVerdict } from './answers.ts'
import type { OwnUpload, Provider } from '../provider.ts'
import type { HttpClient } from '../http/client.ts'

/** The limit of 5 MB may be meant before or after encoding, which adds a third: this fits either way. */
const maxBytes: Bytes = 3_700_000
const life: Milliseconds = 24 * 3_600_000

type Parts = {
  readonly baseUrl: URL
  readonly loopback: boolean
  readonly http: HttpClient
  readonly clock: Clock
  readonly key: string
}
type Uploaded = { readonly url: string; readonly until: Milliseconds | null }

const notUploaded = (status: number | null, detail: string) => fileNotAccepted('ModelsLab', status, detail)

/** Small enough to be held in memory; it is sent without the time limit of a question. */
async function encoded(key: string, file: OwnUpload) {
  const base64 = (await readFile(file.path)).toString('base64')
  const body = Buffer.from(
    JSON.stringify({ key, base64_string: `data:${file.contentType};base64,${base64}` }),
  )
  return { length: body.length, stream: Readable.from([body]) }
}

async function put(parts: Parts, file: OwnUpload, signal?: AbortSignal): Promise<Outcome<Uploaded>> {
  const size = await stat(file.path).then(
    ({ size }) => size,
    () => file.bytes,
  )
  if (size > maxBytes) return fileTooLarge(size, maxBytes)
  const began = parts.clock.now()
  const end = await parts.http.upload(
    {
      method: 'POST',
      url: new URL('/api/v6/base64_to_url', parts.baseUrl),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: () => encoded(parts.key, file),
    },
    signal,
  )
  if (end.kind === 'silent') return notUploaded(null, end.why)
  const { status, body } = end.answer
  const answer = readAnswer(body, modelsLabAnswer)
  if (!answer) return notUploaded(status, `HTTP ${String(status)} without a readable answer`)
  const link = answer.output[0]
  if (answer.status === 'success' && link !== undefined) {
    const url = safeUrl(link, parts.loopback)
    return url.ok ? ok({ url: link, until: began + life }) : notUploaded(status, url.problem.message)
  }
  const verdict =
    answer.status === 'error' ? modelsLabVerdict(status, answer.words, answer.retryAfter !== null) : null
  if (verdict?.kind !== 'refused') return notUploaded(status, answer.words)
  return { ok: false, problem: problemOf(verdict, answer.words) }
}

export const modelsLabUpload = (parts: Parts): NonNullable<Provider['upload']> => ({
  maxBytes,
  privacy: whoCanSee,
  put: (file, signal) => put(parts, file, signal),
})
