import { open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import type { Clock, RunTool, ToolPaths } from '../system/ports.ts'
import { userAgent } from '../network/user-agent.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'
import { withTimeLimit } from './time-limit.ts'
import { decodeBase64, type Body } from './body.ts'
import {
  probeClip,
  type ClipFacts,
  clipByteLimit,
  examineClip,
  looksLikeMp4,
  examineImage,
  imageByteLimit,
} from './examine.ts'
import type { Submission } from './submission.ts'

const wallLimit: Milliseconds = 5 * 60_000

/**
 * Downloads what a field of a request points to. Plain http only on this machine, no redirects, never more than
 * `limit` bytes. A body that ends early is refused when its length was announced.
 */
async function fetchFile(
  field: 'image_url' | 'video_url',
  link: string,
  file: { readonly target: string; readonly limit: Bytes },
  means: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<OrRefusal<null>> {
  const url = URL.parse(link)
  if (!url) return refusal(1201, `${field}: is not a URL`)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return refusal(1201, `${field}: must be https`)
  try {
    return await withTimeLimit({ ...means, limit: wallLimit }, (limited) =>
      download(field, url, file, limited),
    )
  } catch {
    return refusal(1201, `${field}: failed to download the file`)
  }
}

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

async function download(
  field: string,
  url: URL,
  { target, limit }: { readonly target: string; readonly limit: Bytes },
  signal: AbortSignal,
): Promise<OrRefusal<null>> {
  const tooLarge = () => refusal(1201, `${field}: the file is larger than ${String(limit / 1_000_000)} MB`)
  // eslint-disable-next-line no-restricted-globals -- Practice stands in for a service, which has a network of its own.
  const answer = await fetch(url, { redirect: 'error', signal, headers: { 'user-agent': userAgent } })
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel()
    return refusal(1201, `${field}: the link answers HTTP ${String(answer.status)}`)
  }
  if (Number(answer.headers.get('content-length') ?? 0) > limit) {
    await answer.body.cancel()
    return tooLarge()
  }
  const output = await open(target, 'w', 0o600)
  let bytes = 0
  try {
    for await (const chunk of answer.body) {
      bytes += chunk.length
      if (bytes > limit) return tooLarge()
      await output.write(chunk)
    }
  } finally {
    await output.close()
  }
  return bytes > 0 ? accepted(null) : refusal(1201, `${field}: the file is empty`)
}

export type InputMeans = {
  readonly run: RunTool
  readonly tools: ToolPaths
  readonly clock: Clock
  readonly signal: AbortSignal
}

export const characterFile = 'character.image'
export const clipFile = 'clip.video'

/** Fetches image and clip into `folder` and checks both against the documented limits. */
export async function collectInputs(
  submission: Submission,
  body: Body,
  folder: string,
  means: InputMeans,
): Promise<OrRefusal<ClipFacts>> {
  const { run, tools, signal } = means
  const image = join(folder, characterFile)
  const fetched = await fetchImage(submission, body, image, means)
  if (fetched.refused) return fetched
  const examined = await examineImage(image)
  if (examined.refused) return examined
  const clip = join(folder, clipFile)
  const loaded = await fetchFile(
    'video_url',
    submission.clipUrl,
    { target: clip, limit: clipByteLimit },
    means,
  )
  if (loaded.refused) return loaded
  if (tools.ffprobe === null) return refusal(5000, 'ffprobe is missing on this computer')
  const facts = (await looksLikeMp4(clip)) ? await probeClip(clip, tools.ffprobe, run, signal) : null
  return examineClip(clip, facts, submission.orientation)
}

async function fetchImage(
  { image }: Submission,
  body: Body,
  target: string,
  means: InputMeans,
): Promise<OrRefusal<null>> {
  if (/^https?:\/\//i.test(image))
    return fetchFile('image_url', image, { target, limit: imageByteLimit }, means)
  const long = image === body.mark ? body.longText : null
  const decoded = await decodeBase64(long === null ? [image] : createReadStream(long, 'latin1'), target)
  if (!decoded)
    return refusal(1201, `image_url: ${long !== null && (await isDataUrl(long)) ? dataUrl : neither}`)
  return accepted(null)
}

const dataUrl = 'Base64 must be sent without the data: prefix'
const neither = 'must be a URL or raw Base64'

async function isDataUrl(path: string): Promise<boolean> {
  for await (const head of createReadStream(path, { encoding: 'latin1', end: 4 })) return head === 'data:'
  return false
}
