import { ok, type Outcome } from '../../../shared/outcome.ts'
import { fileIdentityIfAny } from '../../files/file-identity.ts'
import { createRemembered, type Remembered } from '../../files/remembered.ts'
import type { MeasuredClip } from './clip-facts.ts'
import type { Kit } from '../kit.ts'

/** A preparation asks for the same facts four times; a window looks at one clip at a time. */
const most = 8

const kept = new WeakMap<Kit, Remembered<MeasuredClip>>()

function clipsOf(kit: Kit): Remembered<MeasuredClip> {
  const clips = kept.get(kit) ?? createRemembered<MeasuredClip>(most)
  kept.set(kit, clips)
  return clips
}

/**
 * Measures a file once for as long as it stays as it is, wherever it is moved to; a failure is never kept. `always`
 * measures it even so, and keeps what came of it.
 */
export async function measuredOnce(
  kit: Kit,
  path: string,
  measure: () => Promise<Outcome<MeasuredClip>>,
  always = false,
): Promise<Outcome<MeasuredClip>> {
  const clips = clipsOf(kit)
  const before = await fileIdentityIfAny(path)
  const known = before === null || always ? undefined : clips.read(before)
  if (known) return ok(known)
  const measured = await measure()
  if (!measured.ok || before === null || before !== (await fileIdentityIfAny(path))) return measured
  clips.keep(before, measured.value)
  return measured
}
