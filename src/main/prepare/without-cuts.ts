import { basename } from 'node:path'
import type { ClipWindow } from '../../shared/domain/media.ts'
import { cancelled, fail, ok, type Outcome } from '../../shared/outcome.ts'
import { longestSpanWithoutCut } from '../../shared/rules/longest-span.ts'
import { findModel } from '../../shared/rules/models.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { Media } from '../media/media.ts'
import type { Call } from '../core/studio-types.ts'
import type { ScanOf } from './scan-of.ts'
import { clipFacts } from './check-inputs.ts'

/** The longest part of a clip without a cut in it, no longer than the model takes in this orientation. */
export async function windowWithoutCuts(
  { media, scanOf }: { readonly media: Media; readonly scanOf: ScanOf },
  clip: string,
  { provider, model, orientation }: Pick<TakeSettings, 'provider' | 'model' | 'orientation'>,
  call: Call,
): Promise<Outcome<ClipWindow>> {
  const facts = await clipFacts(media, clip, call)
  if (!facts.ok) return facts
  const whole = { start: 0, end: facts.value.duration }
  const scan = await scanOf(clip, facts.value, whole, call)
  if (call.signal?.aborted) return cancelled(`Looking for cuts in “${basename(clip)}”`)
  if (scan === null) {
    // Asked once more for the reason, which a hint does without.
    const looked = await media.scan(clip, facts.value, whole, { signal: call.signal })
    if (!looked.ok) return looked
  }
  const rules = findModel(provider, model)
  const max = (rules && numericLimit(rules, 'clip.duration.max', orientation)) ?? Infinity
  const longest = scan && longestSpanWithoutCut(facts.value, scan, { max })
  if (longest !== null) return ok(longest)
  return fail('tool-failed', `The cuts in “${basename(clip)}” could not be looked for.`, {
    advice: 'Choose the part by its beginning and length.',
  })
}
