import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { Kit } from '../kit.ts'
import { measureFile } from './probe-clip.ts'
import type { Running } from '../media.ts'

/** When each shown frame begins, counted from the first. */
export async function frameTimes(
  kit: Kit,
  path: string,
  running: Running = {},
): Promise<Outcome<readonly Seconds[]>> {
  const clip = await measureFile(kit, path, running)
  if (!clip.ok) return clip
  const { times } = clip.value
  const [first = 0] = times
  return ok(times.map((time) => Number((time - first).toFixed(6))))
}
