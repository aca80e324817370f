import { existsSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import { createSharedRuns } from '../clip-preview/shared-runs.ts'
import type { FoundOffset } from '../../shared/domain/offset.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Media } from '../media/media.ts'
import { doing } from '../media/problems.ts'
import { sha256Of } from '../media/source-file.ts'
import type { Call } from '../prepare/types.ts'
import { videoMissing } from './video-problems.ts'
import { takeFolder } from './take-folder.ts'
import type { Library } from './takes.ts'

export type TakeOffsetParts = {
  readonly library: Pick<Library, 'wholeResult'>
  readonly folder: string
  readonly media: Pick<Media, 'findOffset'>
}

/** An answer is a few hundred bytes. */
const maxKnown = 1000

/** How far a take’s result has to be moved in time. What was found for the same two contents is not looked for again. */
export function createTakeOffset({ library, folder, media }: TakeOffsetParts) {
  const known = new LRUCache<string, FoundOffset>({ max: maxKnown })
  const shared = createSharedRuns()

  const findOffset = async (id: string, call: Call = {}): Promise<Outcome<FoundOffset>> => {
    const whole = await library.wholeResult(id)
    if (!whole.ok) return whole
    const result = whole.value
    const reference = takeFolder(folder, id).clip
    if (!existsSync(reference)) return videoMissing('prepared clip')
    const contents = (await Promise.all([reference, result].map(sha256Of))).join(' ')
    const before = known.get(contents)
    if (before) return ok(before)
    return shared(contents, doing.findingOffset(reference, result), call, async (running) => {
      const found = await media.findOffset({ reference, result, by: 'both' }, running)
      if (found.ok) known.set(contents, found.value)
      return found
    })
  }

  return { findOffset }
}
