import { z } from 'zod'

/** Where the line of the wipe was left in each comparison, the latest last. */

const name = 'wipe-lines'
const most = 100

const Lines = z.array(z.tuple([z.string(), z.number().min(0).max(1)]))

function readLines(storage: Pick<Storage, 'getItem'>): z.infer<typeof Lines> {
  try {
    return Lines.catch([]).parse(JSON.parse(storage.getItem(name) ?? '[]'))
  } catch {
    return []
  }
}

export const keptLine = (storage: Pick<Storage, 'getItem'>, comparison: string): number | null =>
  readLines(storage).find(([known]) => known === comparison)?.[1] ?? null

export function keepLine(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  comparison: string,
  line: number,
): void {
  const others = readLines(storage).filter(([known]) => known !== comparison)
  storage.setItem(name, JSON.stringify([...others, [comparison, line]].slice(-most)))
}
