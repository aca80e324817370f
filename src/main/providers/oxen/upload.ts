import { randomUUID } from 'node:crypto'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { oxenVerdict, readOxenError } from './answers.ts'
import type { OwnUpload, Provider } from '../provider.ts'
import { fileBetween, notTaken, type Wire } from '../http/client.ts'
import { problemOf } from '../answers.ts'

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
  readonly wire: Wire
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

const notUploaded = (status: number | null, detail: string) => notTaken('Oxen.ai', status, detail)

/** Uploads and commits in one call. A size limit is not documented. */
async function put(
  { baseUrl, wire, headers, repository }: Parts,
  file: OwnUpload,
  signal?: AbortSignal,
): Promise<Outcome<{ readonly url: string; readonly until: null }>> {
  const segments = repository.split('/')
  // A segment of dots would lead out of the repositories.
  if (segments.length !== 2 || segments.some((segment) => /^\.*$/.test(segment))) {
    return fail('usage', `“${repository}” isn’t an Oxen.ai repository.`, {
      advice: 'Enter it as namespace/repository in the account.',
    })
  }
  const path = `/api/repos/${segments.map(encodeURIComponent).join('/')}/file/${branch}/${folder}`
  const boundary = `understudy-${randomUUID()}`
  const { before, after } = form(file, boundary)
  const end = await wire.upload(
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
  if (error?.type === 'resource_not_found') {
    return fail('usage', `Oxen.ai has no repository “${repository}” that this account can write to.`, {
      advice: 'Create it at Oxen.ai, or enter another one in the account.',
      detail: error.message,
    })
  }
  const verdict = error && oxenVerdict(status, error)
  if (error && verdict?.kind === 'refused')
    return { ok: false, problem: problemOf(verdict, error.message) } as const
  return notUploaded(status, error?.message ?? `HTTP ${String(status)}`)
}

export const oxenUpload = (parts: Parts): NonNullable<Provider['upload']> => ({
  maxBytes: null,
  privacy: `Anyone who can read the repository ${parts.repository} can see the file. If it’s public, that’s everyone. Its history keeps the file forever.`,
  put: (file, signal) => put(parts, file, signal),
})
