import { ok, type Outcome } from '../../shared/outcome.ts'
import { fileIdentityIfAny } from '../files/file-identity.ts'
import type { MeasuredClip } from './clip-facts.ts'
import type { Kit } from './kit.ts'

/** A preparation asks for the same facts four times; a window looks at one clip at a time. */
const most = 8

const kept = new WeakMap<Kit, Map<string, MeasuredClip>>()

function clipsOf(kit: Kit): Map<string, MeasuredClip> {
  const clips = kept.get(kit) ?? new Map<string, MeasuredClip>()
  kept.set(kit, clips)
  return clips
}

/** Measures a file once for as long as it stays as it is; a failure is never kept. */
export async function measuredOnce(
  kit: Kit,
  path: string,
  measure: () => Promise<Outcome<MeasuredClip>>,
): Promise<Outcome<MeasuredClip>> {
  const clips = clipsOf(kit)
  const before = await fileIdentityIfAny(path)
  const known = before === null ? undefined : clips.get(before)
  if (known) return ok(known)
  const measured = await measure()
  if (!measured.ok || before === null || before !== (await fileIdentityIfAny(path))) return measured
  clips.set(before, measured.value)
  const [oldest] = clips.keys()
  if (clips.size > most && oldest !== undefined) clips.delete(oldest)
  return measured
}
