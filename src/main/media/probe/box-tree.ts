/** Boxes inside boxes of an MP4 or QuickTime index that stands in memory; nothing is believed to lie inside it. */
export type Extent = { readonly from: number; readonly to: number }

/** The boxes that lie directly between two places of a box's content. */
function* childrenOf(index: Buffer, { from, to }: Extent): Generator<Extent & { readonly type: string }> {
  let start = from
  while (start + 8 <= to) {
    const size = index.readUInt32BE(start)
    const wide = size === 1 && start + 16 <= to
    const end = size === 0 ? to : start + (wide ? Number(index.readBigUInt64BE(start + 8)) : size)
    if (end < start + 8 || end > to) return
    yield { type: index.toString('latin1', start + 4, start + 8), from: start + (wide ? 16 : 8), to: end }
    start = end
  }
}

/** The content of the first box at the end of this way down; null where there is none. */
export function findBox(index: Buffer, within: Extent, ...way: readonly string[]): Extent | null {
  const [type, ...rest] = way
  if (type === undefined) return within
  for (const child of childrenOf(index, within))
    if (child.type === type) return findBox(index, child, ...rest)
  return null
}

export const tracksOf = (moov: Buffer): readonly Extent[] =>
  [...childrenOf(moov, { from: 0, to: moov.length })].filter(({ type }) => type === 'trak')
