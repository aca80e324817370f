import { describe, expect, it } from 'vitest'
import type { InstallEffects, Lock } from '../../../scripts/lib/packages.mjs'
import { ensurePackages, installKey, isInstalled } from '../../../scripts/lib/packages.mjs'
import { Stop } from '../../../scripts/lib/say.mjs'

const lock: Lock = {
  packages: {
    '': {},
    'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  },
}
const whole: Lock = { packages: { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' } } }
const machine = { platform: 'linux', arch: 'x64' }

function aMachine(installed: Lock | null, ok = true) {
  const notes = new Map<string, unknown>()
  const told: string[] = []
  const disk = { installed, installs: 0 }
  const effects: InstallEffects = {
    lockText: JSON.stringify(lock),
    readInstalled: () => disk.installed,
    stamps: { read: (name) => notes.get(name) ?? null, write: (name, value) => void notes.set(name, value) },
    install: () => {
      disk.installs += 1
      if (ok) disk.installed = whole
      return Promise.resolve({ ok, code: ok ? 0 : 1, timedOut: false, output: 'npm error code ENOTFOUND' })
    },
    say: (line) => void told.push(line),
    now: () => 0,
    machine,
  }
  return { effects, told, disk }
}

describe('installing packages', () => {
  it('installs on a fresh clone and says so', async () => {
    const { effects, told, disk } = aMachine(null)
    expect(await ensurePackages(effects)).toBe(true)
    expect(disk.installs).toBe(1)
    expect(told.join('\n')).toContain('packages installed')
  })

  it('neither installs nor speaks the second time', async () => {
    const { effects, told, disk } = aMachine(null)
    await ensurePackages(effects)
    told.length = 0
    expect(await ensurePackages(effects)).toBe(false)
    expect(disk.installs).toBe(1)
    expect(told).toEqual([])
  })

  it('installs again when the lockfile has changed', async () => {
    const { effects, disk } = aMachine(null)
    await ensurePackages(effects)
    const changed = { packages: { ...lock.packages, 'node_modules/new': { version: '1.0.0' } } }
    await ensurePackages({ ...effects, lockText: JSON.stringify(changed) })
    expect(disk.installs).toBe(2)
  })

  it('accepts what npm install has already put there', async () => {
    const { effects, disk } = aMachine(whole)
    expect(await ensurePackages(effects)).toBe(false)
    expect(disk.installs).toBe(0)
  })

  it('stops with a sentence and the end of what npm said when npm fails', async () => {
    const { effects } = aMachine(null, false)
    await expect(ensurePackages(effects)).rejects.toThrow(Stop)
    await expect(ensurePackages(effects)).rejects.toThrow(/couldn’t install the packages[^]*ENOTFOUND/)
  })

  it('misses a package of another version, and one that was tampered with', () => {
    expect(isInstalled(lock, whole)).toBe(true)
    expect(
      isInstalled(lock, { packages: { 'node_modules/zod': { version: '4.0.1', integrity: 'sha512-a' } } }),
    ).toBe(false)
    expect(
      isInstalled(lock, { packages: { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-b' } } }),
    ).toBe(false)
  })

  it('belongs to one platform', () => {
    expect(installKey('{}', machine)).not.toBe(installKey('{}', { platform: 'darwin', arch: 'arm64' }))
  })
})
