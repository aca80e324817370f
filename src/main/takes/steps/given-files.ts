import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  CharacterFacts,
  ClipFacts,
  PreparedCharacter,
  PreparedClip,
} from '../../../shared/domain/media.ts'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { formatSeconds, type Seconds } from '../../../shared/units.ts'
import { sha256Of } from '../../media/source-file.ts'
import { fetchResult } from './fetch-result.ts'
import type { StepContext } from './step.ts'

/** How far the length of a given clip may be from the part that was chosen, in seconds. */
const lengthSlack = 0.25

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
  // Only the host: the rest of an address may be a signature.
  return fail('clip-unreachable', `Nothing can be downloaded from your link at ${new URL(url).host}.`, {
    advice: 'Check that the link opens without signing in, then try again. Nothing was sent.',
    detail: end.why,
  })
}

/** A file that is already on the web: what lies there is fetched and is what gets measured, certified and kept. */
async function fetchAndMeasure(doing: StepContext, url: string, target: string) {
  const fetched = await fetchGiven(doing, url, target)
  if (!fetched.ok) return fetched
  const facts = await doing.parts.media.inspect(target, { signal: doing.signal })
  if (!facts.ok) await rm(target, { force: true })
  return facts
}

/** `length` is the part that was chosen: a given clip must not be longer, because every second is paid for. */
export async function givenClip(
  doing: StepContext,
  url: string,
  folder: string,
  length: Seconds,
): Promise<Outcome<PreparedClip>> {
  const path = join(folder, 'clip.mp4')
  const facts = await fetchAndMeasure(doing, url, path)
  if (!facts.ok) return facts
  if (facts.value.kind !== 'clip') return fail('not-a-video', 'Your link to the clip leads to an image.')
  if (facts.value.duration > length + lengthSlack) {
    const long = formatSeconds(facts.value.duration)
    return fail(
      'input-refused',
      `The clip at your link is ${long} long, but you agreed to ${formatSeconds(length)}.`,
      { advice: 'Upload only the part you want performed. Nothing was sent.' },
    )
  }
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
  doing: StepContext,
  url: string,
  folder: string,
): Promise<Outcome<PreparedCharacter>> {
  const path = join(folder, 'character.jpg')
  const facts = await fetchAndMeasure(doing, url, path)
  if (!facts.ok) return facts
  if (facts.value.kind !== 'character')
    return fail('not-an-image', 'Your link to the character leads to a video.')
  return ok(await asPreparedCharacter(path, facts.value))
}

async function asPreparedCharacter(path: string, facts: CharacterFacts): Promise<PreparedCharacter> {
  const { bytes, width, height, format } = facts
  const sha256 = await sha256Of(path)
  return { path, bytes, sha256, width, height, format: format === 'png' ? 'png' : 'jpeg' }
}
