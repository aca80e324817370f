/** A take as far as its number is concerned. */
export type Numbered = {
  readonly id: string
  readonly createdAt: string
  /** The number it had before; null where none is known. */
  readonly number: number | null
}

const byCreation = (one: Numbered, other: Numbered) =>
  one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id) ? -1 : 1

/**
 * The numbers of takes that come back into a list. Each keeps the number it had; of two with the same, the one that is
 * listed, else the older one. A take without one gets the number between its neighbours in time, so that the order
 * holds; where there is no room between them, the next one at the end. A number that has no conflict never changes.
 * `passed`: numbers up to this one may have been given before.
 */
export function numbersFor(
  returning: readonly Numbered[],
  listed: readonly Numbered[],
  passed = 0,
): ReadonlyMap<string, number> {
  const given = new Map<string, number>()
  const used = new Set(listed.flatMap(({ number }) => number ?? []))
  const give = (id: string, number: number) => {
    given.set(id, number)
    used.add(number)
  }
  const inOrder = returning.toSorted(byCreation)
  for (const { id, number } of inOrder) if (number !== null && !used.has(number)) give(id, number)

  const isListed = new Set(listed)
  const all = [...returning, ...listed].toSorted(byCreation)
  const numberOf = (take: Numbered) => (isListed.has(take) ? take.number : (given.get(take.id) ?? null))
  /** For each place in time the number of the next take that has one. */
  const following: (number | null)[] = []
  let next: number | null = null
  for (let at = all.length - 1; at >= 0; at -= 1) {
    following[at] = next
    const take = all[at]
    next = (take && numberOf(take)) ?? next
  }
  let last = 0
  const left: string[] = []
  for (const [at, take] of all.entries()) {
    const between = last + 1
    const after = following[at] ?? null
    if (numberOf(take) === null) {
      if (after !== null && between < after && !used.has(between)) give(take.id, between)
      else left.push(take.id)
    }
    last = numberOf(take) ?? last
  }
  let highest = [...used].reduce((most, number) => Math.max(most, number), passed)
  for (const id of left) give(id, (highest += 1))
  return given
}
