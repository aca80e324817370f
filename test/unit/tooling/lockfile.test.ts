import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Entry = {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

const root = join(import.meta.dirname, '../../..')
const lock: { packages: Record<string, Entry> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
)
const entries = Object.entries(lock.packages).filter(([path]) => path !== '')

/** Whether Node, standing in `path`, would find `name` in the folders above. */
function isFoundFrom(path: string, name: string): boolean {
  for (
    let place = path;
    place !== '';
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  ) {
    if (`${place}/node_modules/${name}` in lock.packages) return true
  }
  return `node_modules/${name}` in lock.packages
}

describe('the lockfile', () => {
  // npm leaves out a platform's package that the registry does not have, and then refuses `npm ci` on every machine.
  it('names every package of every platform, so that a fresh clone can install', () => {
    const missing = entries.flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !isFoundFrom(path, name))
        .map((name) => `${name}, for ${path}`),
    )
    expect(missing).toEqual([])
  })

  it('vouches for the content of every package', () => {
    const unproven = entries
      .filter(([, entry]) => !entry.integrity?.startsWith('sha512-'))
      .map(([path]) => path)
    expect(unproven).toEqual([])
  })

  it('ties nobody to one registry', () => {
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([])
  })
})
