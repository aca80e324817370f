import type { MediaFacts } from '../../shared/media.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { measureImage } from './image/image.ts'
import type { Kit } from './kit.ts'
import type { Running } from './media.ts'
import { measure } from './facts/measure-clip.ts'
import { readHead } from './facts/read-head.ts'

/** What a file is and its facts. The name plays no part; no tool sees a file whose first bytes are not known. */
export async function inspect(kit: Kit, path: string, running: Running = {}): Promise<Outcome<MediaFacts>> {
  const head = await readHead(path)
  if (!head.ok) return head
  const { sniffed, bytes } = head.value
  if (sniffed.kind === 'character')
    return measureImage(path, { format: sniffed.format, bytes }, running.signal)
  const clip = await measure(kit, path, { container: sniffed.container, bytes }, running)
  return clip.ok ? ok(clip.value.facts) : clip
}
