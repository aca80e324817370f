import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  CharacterFacts,
  ClipFacts,
  PreparedCharacter,
  PreparedClip,
} from '../../../shared/domain/media.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import { sha256Of } from '../../media/source-file.ts'
import { fetchResult } from './fetch-result.ts'
import { characterLinkIsVideo, clipLinkIsImage, linkedClipTooLong, linkUnreachable } from './problems.ts'
import type { StepContext } from './step.ts'

/** How much longer than the agreed trim a linked clip may be. */
const lengthTolerance: Seconds = 0.25

async function fetchGiven(
  { parts, record, signal, onProgress }: StepContext,
  url: string,
  target: string,
): Promise<Outcome<null>> {
  const provider = await parts.providerOf(record.order)
  if (!provider.ok) return provider
  await parts.pace(new URL(url).host, signal)
  const end = await fetchResult({
    network: parts.network,
    url,
    loopback: provider.value.loopback,
    part: target,
    mark: null,
    onMark: () => undefined,
    onProgress,
    monotonic: parts.clock.monotonic,
    signal,
  })
  if (end.kind === 'complete') return ok(null)
  if (end.kind === 'held') return { ok: false, problem: end.problem }
  // Only the host: the rest of the link may contain a signature.
  return linkUnreachable(new URL(url).host, end.why)
}

/** Downloads a file that is already online. The download is what gets measured, certified and kept. */
async function fetchAndMeasure(context: StepContext, url: string, target: string) {
  const fetched = await fetchGiven(context, url, target)
  if (!fetched.ok) return fetched
  const facts = await context.parts.media.inspect(target, { signal: context.signal })
  if (!facts.ok) await rm(target, { force: true })
  return facts
}

/** `length` is the trim. A longer clip is refused, because every second is charged. */
export async function givenClip(
  context: StepContext,
  url: string,
  folder: string,
  length: Seconds,
): Promise<Outcome<PreparedClip>> {
  const path = join(folder, 'clip.mp4')
  const facts = await fetchAndMeasure(context, url, path)
  if (!facts.ok) return facts
  if (facts.value.kind !== 'clip') return clipLinkIsImage
  if (facts.value.duration > length + lengthTolerance) return linkedClipTooLong(facts.value.duration, length)
  return ok(await asPreparedClip(path, facts.value))
}

async function asPreparedClip(path: string, facts: ClipFacts): Promise<PreparedClip> {
  const { bytes, width, height, frames, frameRate, duration, codec, pixelFormat, audio } = facts
  const sha256 = await sha256Of(path)
  return {
    path,
    bytes,
    sha256,
    width,
    height,
    frames,
    frameRate,
    duration,
    videoCodec: codec,
    pixelFormat,
    audio,
  }
}

export async function givenCharacter(
  context: StepContext,
  url: string,
  folder: string,
): Promise<Outcome<PreparedCharacter>> {
  const path = join(folder, 'character.jpg')
  const facts = await fetchAndMeasure(context, url, path)
  if (!facts.ok) return facts
  if (facts.value.kind !== 'character') return characterLinkIsVideo
  return ok(await asPreparedCharacter(path, facts.value))
}

async function asPreparedCharacter(path: string, facts: CharacterFacts): Promise<PreparedCharacter> {
  const { bytes, width, height, format } = facts
  const sha256 = await sha256Of(path)
  return { path, bytes, sha256, width, height, format: format === 'png' ? 'png' : 'jpeg' }
}
