import { Option } from 'commander'
import { z } from 'zod'
import type { ClipWindow } from '../../shared/media.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { TakeSettings } from '../../shared/take.ts'
import type { Workshop } from '../studio-types.ts'
import { option, seconds } from './option-values.ts'

/** Which part of the clip is performed, as the command line says it. */
export type AskedPart = {
  readonly window: ClipWindow
  /** The longest part without a cut instead of `window`. */
  readonly withoutCuts: boolean
}

export const inOption = () =>
  option('in', 'seconds', 'where in the clip to begin (default: 0)', seconds('zero'))
export const lengthOption = () =>
  option(
    'length',
    'seconds',
    "how much of it (default: to the end or the provider's limit)",
    seconds('above zero'),
  )
export const withoutCutsOption = () =>
  new Option('--without-cuts', 'instead of --in and --length: the longest part without a cut')

export const partFlags = z.object({
  in: z.number().optional(),
  length: z.number().optional(),
  withoutCuts: z.boolean().optional(),
})

export function readPart(flags: z.infer<typeof partFlags>): Outcome<AskedPart> {
  const withoutCuts = flags.withoutCuts ?? false
  if (withoutCuts && (flags.in !== undefined || flags.length !== undefined))
    return fail('usage', 'Give either --without-cuts or --in and --length, not both.')
  return ok({ window: { start: flags.in ?? 0, length: flags.length ?? null }, withoutCuts })
}

type Asking = AskedPart & { readonly clip: string | null; readonly settings: TakeSettings }

/** The part that is meant; for the longest one without a cut the clip is looked at first. */
export async function partOf(
  workshop: Pick<Workshop, 'withoutCuts'>,
  { clip, settings, window, withoutCuts }: Asking,
  signal: AbortSignal,
): Promise<Outcome<ClipWindow>> {
  return withoutCuts && clip !== null ? workshop.withoutCuts(clip, settings, { signal }) : ok(window)
}
