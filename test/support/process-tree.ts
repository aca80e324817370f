import { readdirSync, readFileSync } from 'node:fs'

const numberOf = (text: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)

type Seen = { readonly pid: number; readonly parent: number; readonly resident: number }

function processes(): readonly Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8')
        return [{ pid: Number(name), parent: numberOf(status, 'PPid'), resident: numberOf(status, 'VmRSS') }]
      } catch {
        // It has ended meanwhile.
        return []
      }
    })
}

/** Resident memory of a process and all that descend from it, in MB; Linux only. */
export function residentTree(root: number): number {
  const all = processes()
  const sum = (pid: number): number =>
    (all.find((one) => one.pid === pid)?.resident ?? 0) +
    all.filter((one) => one.parent === pid).reduce((total, one) => total + sum(one.pid), 0)
  return sum(root) / 1024
}
