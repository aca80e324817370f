import { existsSync, renameSync } from 'node:fs'
import { dirname, extname, join, basename } from 'node:path'

/** Gives a file a free name beside its own, so that another may take its place; what is not there stays so. */
export function moveAside(path: string): void {
  if (!existsSync(path)) return
  const end = extname(path)
  const stem = basename(path, end)
  let aside = join(dirname(path), `${stem} (changed)${end}`)
  for (let nth = 2; existsSync(aside); nth += 1)
    aside = join(dirname(path), `${stem} (changed ${String(nth)})${end}`)
  renameSync(path, aside)
}
