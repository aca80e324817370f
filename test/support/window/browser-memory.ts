import { readdirSync, readFileSync } from 'node:fs'

/**
 * Linux only: the memory that a browser, started with this word among its arguments, and all its processes share with no
 * other process.
 */
export function privateMegabytes(marker: string): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
        return [{ pid: Number(pid), parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }]
      } catch {
        return []
      }
    })
  const own = new Set(processes.filter(({ command }) => command.includes(marker)).map(({ pid }) => pid))
  for (let grown = true; grown;) {
    const before = own.size
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid)
    grown = own.size > before
  }
  let kilobytes = 0
  for (const pid of own)
    try {
      const rollup = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8')
      for (const [, size] of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)) kilobytes += Number(size)
    } catch {
      // It has ended.
    }
  return kilobytes / 1024
}
