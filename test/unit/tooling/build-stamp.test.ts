import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, readInputs } from '../../../scripts/lib/fingerprint.mjs'
import { isStale, oneAtATime } from '../../../scripts/lib/one-at-a-time.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-stamp-'))
  mkdirSync(join(folder, 'src', 'deep'), { recursive: true })
  writeFileSync(join(folder, 'src', 'deep', 'a.ts'), 'one')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const now = () => fingerprint(readInputs(folder, ['src', 'missing.json']))

describe('what the build depends on', () => {
  it('stays the same while nothing changes', () => {
    expect(now()).toBe(now())
  })

  it('notices a changed, an added and a removed file', () => {
    const first = now()
    writeFileSync(join(folder, 'src', 'deep', 'a.ts'), 'other')
    const second = now()
    writeFileSync(join(folder, 'src', 'b.ts'), '')
    const third = now()
    rmSync(join(folder, 'src', 'deep', 'a.ts'))
    expect(new Set([first, second, third, now()]).size).toBe(4)
  })

  it('notices a file that was saved again with the same length', () => {
    const before = now()
    utimesSync(join(folder, 'src', 'deep', 'a.ts'), 1, 1)
    expect(now()).not.toBe(before)
  })
})

describe('two starts in one checkout', () => {
  it('never work at the same time, and the one that waits says so', async () => {
    const lock = join(folder, 'lock')
    const seen: string[] = []
    const work = (name: string) => async () => {
      seen.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`${name} ends`)
    }
    const told: string[] = []
    const tell = (line: string) => void told.push(line)
    await Promise.all([oneAtATime(work('a'), lock, tell), oneAtATime(work('b'), lock, tell)])
    expect(told).toEqual([expect.stringContaining('waiting for it')])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('do not wait for one that was killed', async () => {
    const lock = join(folder, 'lock')
    writeFileSync(lock, '999999999')
    expect(
      await oneAtATime(
        () => Promise.resolve('done'),
        lock,
        () => {},
      ),
    ).toBe('done')
  })

  it('wait for one that still runs', () => {
    expect(isStale(String(process.pid))).toBe(false)
    expect(isStale('42', () => true)).toBe(false)
    expect(isStale('42', () => false)).toBe(true)
    expect(isStale('not a number')).toBe(true)
  })
})
