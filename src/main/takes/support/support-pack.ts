import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TakeMotion } from '../../../shared/domain/motion.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes, Seconds } from '../../../shared/units.ts'
import { wrongEnding } from '../../files/wrong-ending.ts'
import { packZip, type Packed } from '../../files/zip.ts'
import type { Media } from '../../media/media.ts'
import { alreadyThere } from '../../media/problems.ts'
import { exists, putInPlace } from '../../media/put-in-place.ts'
import { sha256Of } from '../../media/source-file.ts'
import type { Call } from '../../prepare/types.ts'
import type { TrackFile } from '../../processes/leftovers.ts'
import type { Clock } from '../../system/ports.ts'
import type { Attempt, Order } from '../attempt.ts'
import type { Journal } from '../journal/journal.ts'
import { readRequests } from '../requests-file.ts'
import { resultPlace, takeFolder } from '../take-folder.ts'
import type { Library } from '../takes.ts'
import { pairsToShow } from './pairs.ts'
import { summaryOf } from './summary.ts'
import { createVeil, type Veil } from './veil.ts'

/** What this computer knows that must not leave it. */
export type Personal = {
  /** Every key and token of every account and bucket. */
  readonly secrets: () => Promise<readonly string[]>
  readonly homeFolder: string
  readonly userName: string
}

export type SupportPackParts = {
  readonly library: Pick<Library, 'record' | 'wholeResult'>
  readonly folder: string
  readonly journal: Pick<Journal, 'attempts'>
  readonly media: Pick<Media, 'inspect' | 'frameTimes' | 'strip'>
  readonly motion: (id: string, call?: Call) => Promise<Outcome<TakeMotion>>
  readonly trackFile: TrackFile
  readonly personal: Personal
  readonly clock: Pick<Clock, 'now'>
}

type Paths = { readonly reference: string; readonly result: string }

/** Larger frames make a pack that no form accepts. */
const frameHeight = 540

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Names the frame of each side, with its number counted from 1 and its moment. */
const frameName = (nth: number, side: keyof Paths, frame: number, at: Seconds, why: string) =>
  `frames/${String(nth + 1).padStart(2, '0')}-${why}-${side}-frame-${String(frame + 1)}-at-${at.toFixed(2)}s.jpg`

export function createSupportPack(parts: SupportPackParts) {
  const { library, folder, journal, media, personal, clock } = parts

  async function stills(path: string, times: readonly Seconds[], call: Call) {
    const found = new Map<Seconds, Uint8Array>()
    const facts = await media.inspect(path, call, 'clip')
    if (!facts.ok || facts.value.kind !== 'clip') return found
    const { height, frameRate } = facts.value
    // Nearer than half a frame: each time is the time of a frame.
    const near = 0.1 / Math.max(1, frameRate)
    const job = { times, near, height: Math.min(height, frameHeight) }
    const nearest = (at: Seconds) =>
      times.toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at))[0]
    await media.strip(
      path,
      facts.value,
      job,
      (at, jpeg) => {
        const time = nearest(at)
        if (time !== undefined) found.set(time, jpeg)
      },
      call,
    )
    return found
  }

  async function framesOf(
    { reference, result }: Paths,
    motion: TakeMotion | null,
    call: Call,
  ): Promise<Packed> {
    const [ofReference, ofResult] = await Promise.all(
      [reference, result].map((path) => media.frameTimes(path, call)),
    )
    if (!ofReference?.ok || !ofResult?.ok) return {}
    const pairs = pairsToShow(ofReference.value, ofResult.value, motion)
    const packed: Record<string, Uint8Array> = {}
    for (const [side, path, times] of [
      ['reference', reference, ofReference.value],
      ['result', result, ofResult.value],
    ] as const) {
      const wanted = pairs.flatMap((pair) => times[pair[side] ?? -1] ?? [])
      const made = await stills(path, [...new Set(wanted)], call)
      for (const [nth, pair] of pairs.entries()) {
        const frame = pair[side]
        const at = frame === null ? undefined : times[frame]
        const jpeg = at === undefined ? undefined : made.get(at)
        if (frame !== null && at !== undefined && jpeg)
          packed[frameName(nth, side, frame, at, pair.why)] = jpeg
      }
    }
    return packed
  }

  async function hashLine(what: string, path: string, known: string | null): Promise<string> {
    const is = await sha256Of(path).catch(() => null)
    if (is === null) return `${what}: not there${known === null ? '' : `; it was ${known}`}`
    const { size } = await stat(path)
    const changed = known !== null && known !== is ? `, changed since; it was ${known}` : ''
    return `${what}: ${is}, ${String(size)} bytes${changed}`
  }

  async function hashesOf(attempt: Attempt): Promise<string> {
    const { preparedClip, preparedCharacter, result, watermarked } = attempt
    const place = resultPlace(folder, attempt)
    const lines = await Promise.all([
      preparedClip && hashLine('clip that was sent', preparedClip.path, preparedClip.sha256),
      preparedCharacter &&
        hashLine('character that was sent', preparedCharacter.path, preparedCharacter.sha256),
      result && hashLine('result', place.result, result.sha256),
      watermarked && hashLine('watermarked result', place.marked, watermarked.sha256),
    ])
    return `SHA-256\n${lines.filter((line) => line !== null).join('\n')}\n`
  }

  async function veilFor(order: Order, id: string): Promise<Veil> {
    const own = [order.characterPath, order.clipPath].map((path) => dirname(path))
    // The summary tells of every attempt, and each had its own folder.
    const chosen = journal.attempts(id).flatMap(({ resultFolder }) => resultFolder ?? [])
    return createVeil({
      secrets: await personal.secrets(),
      folders: [folder, dirname(folder), personal.homeFolder, ...own, ...chosen],
      user: personal.userName,
    })
  }

  async function takeJson(id: string): Promise<unknown> {
    try {
      const text = await readFile(join(takeFolder(folder, id).folder, 'take.json'), 'utf8')
      return JSON.parse(text) as unknown
    } catch {
      return { id, problem: 'take.json can’t be read' }
    }
  }

  /** Everything of the pack, with nothing private in it. */
  async function contents(id: string, call: Call): Promise<Outcome<Packed>> {
    const record = library.record(id)
    if (!record.ok) return record
    const { order, attempt } = record.value
    const veil = await veilFor(order, id)
    const whole = await library.wholeResult(id)
    const motion = whole.ok ? await parts.motion(id, call) : whole
    const reference = takeFolder(folder, id).clip
    const frames = whole.ok
      ? await framesOf({ reference, result: whole.value }, motion.ok ? motion.value : null, call)
      : {}
    const summary = summaryOf({
      order,
      attempts: journal.attempts(id),
      motion: motion.ok ? motion.value : motion.problem,
      madeAt: new Date(clock.now()).toISOString(),
    })
    const json = (value: unknown) => bytesOf(`${JSON.stringify(veil.value(value), null, 2)}\n`)
    return ok({
      'summary.txt': bytesOf(veil.text(summary)),
      'requests.json': json(await readRequests(takeFolder(folder, id).folder)),
      'hashes.txt': bytesOf(veil.text(await hashesOf(attempt))),
      'take.json': json(await takeJson(id)),
      ...frames,
    })
  }

  /** Writes a new zip file with what a support team asks for. Never replaces a file. */
  async function supportPack(
    id: string,
    target: string,
    call: Call = {},
  ): Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>> {
    const wrong = wrongEnding(target, '.zip')
    if (wrong) return wrong
    if (await exists(target)) return alreadyThere(target)
    const packed = await contents(id, call)
    if (!packed.ok) return packed
    const bytes = packZip(packed.value, new Date(clock.now()))
    const written = await putInPlace(parts, target, 'keep', async (temporary) => {
      await writeFile(temporary, bytes, { mode: 0o600, flag: 'wx' })
      return ok(null)
    })
    if (!written.ok) return written
    return ok({ path: target, bytes: bytes.length })
  }

  return { supportPack }
}
