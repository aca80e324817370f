import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, RunTool, ToolPaths } from '../system/ports.ts'
import { decodeBase64 } from './base64.ts'
import type { Body } from './body.ts'
import { probeClip, type ClipFacts } from './clip-facts.ts'
import { clipByteLimit, examineClip, looksLikeMp4 } from './examine.ts'
import { examineImage, imageByteLimit } from './examine-image.ts'
import { fetchFile } from './fetch-file.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'
import type { Submission } from './submission.ts'

export type InputMeans = {
  readonly run: RunTool
  readonly tools: ToolPaths
  readonly clock: Clock
  readonly signal: AbortSignal
}

export const characterFile = 'character.image'
export const clipFile = 'clip.video'

/** Brings image and clip into `folder` and holds both against the documented limits. */
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
  const decoded = await decodeBase64(
    long === null ? [image] : createReadStream(long, 'latin1'),
    `${target}.part`,
  )
  if (!decoded)
    return refusal(1201, `image_url: ${long !== null && (await isDataUrl(long)) ? dataUrl : neither}`)
  await rename(`${target}.part`, target)
  return accepted(null)
}

const dataUrl = 'Base64 must be sent without the data: prefix'
const neither = 'must be a URL or raw Base64'

async function isDataUrl(path: string): Promise<boolean> {
  for await (const head of createReadStream(path, { encoding: 'latin1', end: 4 })) return head === 'data:'
  return false
}
