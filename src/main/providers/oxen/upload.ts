import { noSuchRepository, notARepository, whoCanSee } from './problems.ts'
import { randomUUID } from 'node:crypto'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { oxenVerdict, readOxenError } from './answers.ts'
import type { OwnUpload, Provider } from '../provider.ts'
import { fileBetween, type HttpClient } from '../http/client.ts'
import { fileNotAccepted, problemOf } from '../problems.ts'

const branch = 'main'
const folder = 'understudy'

/** What the commit says of its author. The user's own name and address stay here. */
const commit = {
  name: 'Understudy',
  email: 'understudy@example.invalid',
  message: 'A file for one take',
}

type Parts = {
  readonly baseUrl: URL
  readonly http: HttpClient
  readonly headers: Readonly<Record<string, string>>
  /** `namespace/repository`. */
  readonly repository: string
}

const quoted = (name: string) => name.replace(/["\r\n]/g, '_')

/** The documented form, in the documented order: the file, then who commits it and why. */
function form(file: OwnUpload, boundary: string) {
  const field = (name: string, value: string) =>
    `\r\n--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`
  return {
    before:
      `--${boundary}\r\nContent-Disposition: form-data; name="files[]"; filename="${quoted(file.name)}"\r\n` +
      `Content-Type: ${file.contentType}\r\n\r\n`,
    after: `${Object.entries(commit)
      .map(([name, value]) => field(name, value))
      .join('')}\r\n--${boundary}--\r\n`,
  }
}

const notUploaded = (status: number | null, detail: string) => fileNotAccepted('Oxen.ai', status, detail)

/** Uploads and commits in one call. A size limit is not documented. */
async function put(
  { baseUrl, http, headers, repository }: Parts,
  file: OwnUpload,
  signal?: AbortSignal,
): Promise<Outcome<{ readonly url: string; readonly until: null }>> {
  const segments = repository.split('/')
  // A segment of dots would lead out of the repositories.
  if (segments.length !== 2 || segments.some((segment) => /^\.*$/.test(segment)))
    return notARepository(repository)
  const path = `/api/repos/${segments.map(encodeURIComponent).join('/')}/file/${branch}/${folder}`
  const boundary = `understudy-${randomUUID()}`
  const { before, after } = form(file, boundary)
  const end = await http.upload(
    {
      method: 'PUT',
      url: new URL(path, baseUrl),
      headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: () => fileBetween(before, file.path, after),
    },
    signal,
  )
  if (end.kind === 'silent') return notUploaded(null, end.why)
  const { status, body } = end.answer
  const error = readOxenError(body)
  if (status >= 200 && status < 300 && !error)
    return ok({ url: new URL(`${path}/${encodeURIComponent(file.name)}`, baseUrl).href, until: null })
  if (error?.type === 'resource_not_found') return noSuchRepository(repository, error.message)
  const verdict = error && oxenVerdict(status, error)
  if (error && verdict?.kind === 'refused')
    return { ok: false, problem: problemOf(verdict, error.message) } as const
  return notUploaded(status, error?.message ?? `HTTP ${String(status)}`)
}

export const oxenUpload = (parts: Parts): NonNullable<Provider['upload']> => ({
  maxBytes: null,
  privacy: whoCanSee(parts.repository),
  put: (file, signal) => put(parts, file, signal),
})
