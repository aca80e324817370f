export type WordRun = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '')

type Words = readonly string[]

/** How many words the rests of both have in common, by how many words of each were passed. */
function commonRests(before: Words, after: Words): (passedBefore: number, passedAfter: number) => number {
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  for (let one = before.length - 1; one >= 0; one -= 1)
    for (let other = after.length - 1; other >= 0; other -= 1)
      lengths[one * width + other] =
        before[one] === after[other]
          ? (lengths[(one + 1) * width + other + 1] ?? 0) + 1
          : Math.max(lengths[(one + 1) * width + other] ?? 0, lengths[one * width + other + 1] ?? 0)
  return (one, other) => lengths[one * width + other] ?? 0
}

function sharedStart(before: Words, after: Words): number {
  let count = 0
  while (count < before.length && count < after.length && before[count] === after[count]) count += 1
  return count
}

/** Two texts with more in between are shown as a whole each; the table would take too much memory. */
const mostCompared = 4_000_000

type Word = { readonly kind: WordRun['kind']; readonly word: string }

const all = (kind: WordRun['kind'], words: Words): readonly Word[] => words.map((word) => ({ kind, word }))

function changes(before: Words, after: Words): readonly Word[] {
  if (before.length * after.length > mostCompared) return [...all('removed', before), ...all('added', after)]
  const common = commonRests(before, after)
  const found: Word[] = []
  let [one, other] = [0, 0]
  while (one < before.length || other < after.length) {
    const [old, fresh] = [before[one], after[other]]
    if (old !== undefined && old === fresh) {
      found.push({ kind: 'same', word: old })
      one += 1
      other += 1
    } else if (
      old !== undefined &&
      (fresh === undefined || common(one + 1, other) >= common(one, other + 1))
    ) {
      found.push({ kind: 'removed', word: old })
      one += 1
    } else {
      found.push({ kind: 'added', word: fresh ?? '' })
      other += 1
    }
  }
  return found
}

/** What changed from one text to another, word by word; white space makes no difference. */
export function changedWords(from: string, to: string): readonly WordRun[] {
  const [before, after] = [wordsOf(from), wordsOf(to)]
  const start = sharedStart(before, after)
  const end = sharedStart(before.slice(start).reverse(), after.slice(start).reverse())
  const words = [
    ...all('same', before.slice(0, start)),
    ...changes(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...all('same', before.slice(before.length - end)),
  ]
  return words.reduce<readonly WordRun[]>((runs, { kind, word }) => {
    const last = runs.at(-1)
    return last?.kind === kind
      ? [...runs.slice(0, -1), { kind, text: `${last.text} ${word}` }]
      : [...runs, { kind, text: word }]
  }, [])
}
