import { z } from 'zod'
import {
  changedMarks,
  flags,
  highestNumber,
  mostStars,
  unmarked,
  type Marks,
} from '../../../shared/domain/marks.ts'

/** The marks of a take as its `take.json` keeps them. */
export type KeptMarks = Marks & {
  /** Counts the changes, so that the newer of two versions is known. */
  readonly revision: number
}

const written = z.object({
  number: z.number().int().min(1).max(highestNumber),
  name: z.string().nullable().catch(unmarked.name),
  stars: z.number().int().min(0).max(mostStars).catch(unmarked.stars),
  flag: z.enum(flags).nullable().catch(unmarked.flag),
  tags: z.array(z.string()).catch([]),
  note: z.string().catch(unmarked.note),
  revision: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
})

/** Each mark that can be kept: a file that someone edited must not cost the others. */
function sound({ name, stars, flag, tags, note, number }: Marks): Marks {
  let marks: Marks = { ...unmarked, number, stars, flag }
  const changes = [{ name }, { note }, ...tags.map((tag) => ({ addTags: [tag] }))]
  for (const change of changes) {
    const next = changedMarks(marks, change)
    if (next.ok) marks = next.value
  }
  return marks
}

/** Reads the marks out of a parsed `take.json`; null in files of older versions. Never the reason to lose a take. */
export function readKeptMarks(value: unknown): KeptMarks | null {
  const read = written.safeParse(value)
  return read.success ? { ...sound(read.data), revision: read.data.revision } : null
}

/** The later version of the marks of a take; the first if they are equal. */
export function newerMarks(one: KeptMarks | null, other: KeptMarks | null): KeptMarks | null {
  if (one === null || other === null) return one ?? other
  return one.revision >= other.revision ? one : other
}
