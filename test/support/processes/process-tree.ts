import { readdirSync, readFileSync } from 'node:fs'

const numberOf = (text: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)

type Seen = { readonly pid: number; readonly parent: number }

function processes(): readonly Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [{ pid: Number(name), parent: numberOf(readFileSync(`/proc/${name}/status`, 'utf8'), 'PPid') }]
      } catch {
        // It has ended meanwhile.
        return []
      }
    })
}

/** In kB; a page that several processes hold is shared out among them. */
function held(pid: number): number {
  try {
    return numberOf(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'), 'Pss')
  } catch {
    return 0
  }
}

/** Memory that a process and all that descend from it hold, in MB, shared pages once; Linux only. */
export function memoryOfTree(root: number): number {
  const all = processes()
  const sum = (pid: number): number =>
    held(pid) + all.filter((one) => one.parent === pid).reduce((total, one) => total + sum(one.pid), 0)
  return sum(root) / 1000
}
