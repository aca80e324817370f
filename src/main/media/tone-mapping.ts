import type { ClipFacts } from '../../shared/media.ts'
import type { Kit } from './kit.ts'

/** Whether this ffmpeg can bring HDR to ordinary brightness well; asked only where it matters. */
export async function canToneMap(kit: Kit, facts: ClipFacts, signal?: AbortSignal): Promise<boolean> {
  if (facts.hdr === 'none') return false
  const exit = await kit.run({
    command: kit.ffmpeg,
    args: ['-hide_banner', '-filters'],
    wallLimit: 10_000,
    ...(signal && { signal }),
  })
  return exit.ended === 'exit' && /\bzscale\b/.test(new TextDecoder().decode(exit.stdout))
}
