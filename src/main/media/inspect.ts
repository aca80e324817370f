import type { MediaFacts, MediaKind } from '../../shared/domain/media.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { measureImage } from './image/image.ts'
import type { Kit } from './kit.ts'
import type { Running } from './media.ts'
import { measure, measureFile } from './probe/probe-clip.ts'
import { readHead } from './probe/read-head.ts'

/**
 * What a file is and its facts. The name plays no part; no tool sees a file whose first bytes are not known. A picture
 * that moves is a character, unless it is asked for as a clip.
 */
export async function inspect(
  kit: Kit,
  path: string,
  running: Running = {},
  as: MediaKind | null = null,
): Promise<Outcome<MediaFacts>> {
  const head = await readHead(path)
  if (!head.ok) return head
  const { sniffed, bytes, movingAs, animatedWebp } = head.value
  const mayMove = movingAs !== null || animatedWebp
  if (sniffed.kind === 'character' && !(as === 'clip' && mayMove))
    return measureImage(path, { format: sniffed.format, bytes }, running.signal)
  const clip =
    sniffed.kind === 'clip'
      ? await measure(kit, path, { container: sniffed.container, bytes }, running)
      : await measureFile(kit, path, running)
  return clip.ok ? ok(clip.value.facts) : clip
}
