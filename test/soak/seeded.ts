/** Evenly from 0 to 1 and the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of the words, as often as its share says; null for the rest. */
export function drawn<Word extends string>(
  random: () => number,
  shares: Readonly<Record<Word, number>>,
): Word | null {
  let left = random()
  for (const [word, share] of Object.entries(shares) as [Word, number][]) {
    if (left < share) return word
    left -= share
  }
  return null
}
