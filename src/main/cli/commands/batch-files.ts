import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { usualTemplate } from '../../../shared/domain/batch.ts'
import { pair, type Pair as PairOf } from '../../../shared/domain/pairing.ts'
import { gather, isForMany, type Skipped } from './gather.ts'
import type { PrepareRequest } from '../requests.ts'

/** The paths of what is prepared together. */
export type Pair = PairOf<string>

type Asked = Omit<PrepareRequest, 'command'>

export type BatchSources = {
  readonly pairs: readonly Pair[]
  readonly skipped: readonly Skipped[]
  readonly template: string
}

/** One file of each at most, named itself: that is no batch. */
export async function isBatch({ characters, clips, name, recursive }: Asked): Promise<boolean> {
  if (characters.length > 1 || clips.length > 1 || name !== null || recursive) return true
  const many = await Promise.all([...characters, ...clips].map(isForMany))
  return many.includes(true)
}

const nothingFound = (skipped: readonly Skipped[]) =>
  fail('file-missing', 'Nothing was found that could be prepared.', {
    advice: 'Name files, folders that hold clips or images, or a pattern in quotes.',
    ...(skipped.length > 0 && {
      detail: skipped.map(({ path, reason }) => `${path}: ${reason}`).join('\n'),
    }),
  })

/** Every preparation that a command line stands for, in its order. */
export async function findSources(asked: Asked): Promise<Outcome<BatchSources>> {
  const { recursive, out } = asked
  const characters = await gather(asked.characters, { kind: 'character', recursive, out })
  if (!characters.ok) return characters
  const clips = await gather(asked.clips, { kind: 'clip', recursive, out })
  if (!clips.ok) return clips
  const taken = new Set([...characters.value.files, ...clips.value.files])
  const skipped = [...characters.value.skipped, ...clips.value.skipped].filter(({ path }) => !taken.has(path))
  const pairs = pair(characters.value.files, clips.value.files)
  if (pairs.length === 0) return nothingFound(skipped)
  const template = asked.name ?? usualTemplate(characters.value.files.length, clips.value.files.length)
  return ok({ pairs, skipped, template })
}
