import { Option } from 'commander'
import { z } from 'zod'
import type { ClipWindow } from '../../shared/domain/media.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { Seconds } from '../../shared/units.ts'
import { nearestIndex } from '../media/clip/frame-plan.ts'
import { displayName } from '../media/source-file.ts'
import type { Workshop } from '../prepare/types.ts'
import { option, time, type AskedTime } from './options.ts'
import { partGivenTwice } from './problems.ts'

/** A part of a clip as it was asked for: in seconds, or in frames of the clip that is meant. */
type AskedWindow = { readonly start: AskedTime; readonly length: AskedTime | null }

/** Which part of the clip is performed, as the command line says it. */
export type AskedPart = {
  readonly window: AskedWindow
  /** The longest part without a cut instead of `window`. */
  readonly withoutCuts: boolean
}

export const inOption = () =>
  option('in', 'time', 'where the part starts: 2.5, 0:02.5 or 75f (default: 0)', time('zero'))
export const lengthOption = () =>
  option(
    'length',
    'time',
    'how long the part is (default: to the end or the provider’s limit)',
    time('above zero'),
  )
export const withoutCutsOption = () =>
  new Option('--without-cuts', 'use the longest part without a cut, instead of --in and --length')

/** As `time` has read it. */
export const askedTime = z.union([z.number(), z.object({ frames: z.number() })])

export const partFlags = z.object({
  in: askedTime.optional(),
  length: askedTime.optional(),
  withoutCuts: z.boolean().optional(),
})

export function readPart(flags: z.infer<typeof partFlags>): Outcome<AskedPart> {
  const withoutCuts = flags.withoutCuts ?? false
  if (withoutCuts && (flags.in !== undefined || flags.length !== undefined)) return partGivenTwice
  return ok({ window: { start: flags.in ?? 0, length: flags.length ?? null }, withoutCuts })
}

/** What is asked about a clip whose part is not given in seconds. */
type Frames = { readonly frameTimes: Workshop['frameTimes'] }

const inSeconds = ({ start, length }: AskedWindow): ClipWindow | null =>
  typeof start === 'number' && (length === null || typeof length === 'number') ? { start, length } : null

/** From a window in frames to one in seconds; a length beyond the last frame goes to the end. */
function windowIn(
  times: readonly Seconds[],
  clip: string,
  { start, length }: AskedWindow,
): Outcome<ClipWindow> {
  const begins = typeof start === 'number' ? start : times[start.frames]
  if (begins === undefined)
    return fail(
      'usage',
      `--in: “${displayName(clip)}” has ${String(times.length)} frames, from 0f to ${String(times.length - 1)}f.`,
    )
  if (length === null || typeof length === 'number') return ok({ start: begins, length })
  const first = nearestIndex(times, begins)
  const end = times[first + length.frames]
  return ok({ start: begins, length: end === undefined ? null : end - (times[first] ?? begins) })
}

/** A window in seconds; only one that is asked for in frames needs a look at the clip. */
export async function windowOf(
  { frameTimes }: Frames,
  clip: string | null,
  window: AskedWindow,
  signal: AbortSignal,
): Promise<Outcome<ClipWindow>> {
  const known = inSeconds(window)
  if (known !== null) return ok(known)
  if (clip === null) return ok({ start: 0, length: null })
  const times = await frameTimes(clip, { signal })
  return times.ok ? windowIn(times.value, clip, window) : times
}

/** How long so many frames of a clip last, at its own pace; beyond its end, at its average. */
export async function durationOf(
  { frameTimes }: Frames,
  clip: string,
  time: AskedTime,
  signal: AbortSignal,
): Promise<Outcome<Seconds>> {
  if (typeof time === 'number') return ok(time)
  const times = await frameTimes(clip, { signal })
  if (!times.ok) return times
  const count = Math.abs(time.frames)
  const average = (times.value.at(-1) ?? 0) / Math.max(1, times.value.length - 1)
  return ok(Math.sign(time.frames) * (times.value[count] ?? count * average))
}

type Asking = AskedPart & { readonly clip: string | null; readonly settings: TakeSettings }

/** The part that is meant; for the longest one without a cut the clip is looked at first. */
export async function partOf(
  workshop: Pick<Workshop, 'withoutCuts' | 'frameTimes'>,
  { clip, settings, window, withoutCuts }: Asking,
  signal: AbortSignal,
): Promise<Outcome<ClipWindow>> {
  return withoutCuts && clip !== null
    ? workshop.withoutCuts(clip, settings, { signal })
    : windowOf(workshop, clip, window, signal)
}
