import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { Kit } from '../kit.ts'

/** An ffmpeg does not change while the studio runs, and asking it takes as long as a first picture. */
const answers = new WeakMap<Kit, boolean>()

/** Whether this ffmpeg can bring HDR to ordinary brightness well; asked only where it matters. */
export async function canToneMap(kit: Kit, facts: ClipFacts, signal?: AbortSignal): Promise<boolean> {
  if (facts.hdr === 'none') return false
  const known = answers.get(kit)
  if (known !== undefined) return known
  const exit = await kit.run({
    command: kit.ffmpeg,
    args: ['-hide_banner', '-filters'],
    wallLimit: 60_000,
    ...(signal && { signal }),
  })
  if (exit.ended !== 'exit') return false
  const can = /\bzscale\b/.test(new TextDecoder().decode(exit.stdout))
  answers.set(kit, can)
  return can
}
