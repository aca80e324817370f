import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseNode, isNewEnough, pinnedPackage } from '../../../scripts/lib/node-runtime.mjs'
import { Stop } from '../../../scripts/lib/say.mjs'

const running = { path: '/usr/bin/node', version: '20.19.0' }
const machine = 'freebsd x64'

describe('the Node that runs everything', () => {
  it('is the pinned one where there is one, even when the running one is newer', () => {
    const pinned = { path: '/clone/node', version: '24.21.0' }
    expect(chooseNode({ pinned, running: { ...running, version: '26.0.0' }, machine })).toBe(pinned)
  })

  it('is the running one when it is new enough', () => {
    const newer = { ...running, version: '24.0.0' }
    expect(chooseNode({ pinned: null, running: newer, machine })).toBe(newer)
  })

  it('is asked for in a plain sentence otherwise', () => {
    const answer = chooseNode({ pinned: null, running, machine })
    expect(answer).toBeInstanceOf(Stop)
    expect(answer).toHaveProperty('message', expect.stringMatching(/freebsd x64.*20\.19\.0.*Install Node 24/))
  })

  it.each([
    ['20.19.0', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.3.0', false],
    ['23.4.0', true],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s has the database built in: %s', (version, enough) => {
    expect(isNewEnough(version)).toBe(enough)
  })

  it('is pinned for every platform in the lockfile', () => {
    const manifest: { optionalDependencies: object } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
    )
    const names = [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'x64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ].map(([platform = '', arch = '']) => pinnedPackage(platform, arch))
    expect(Object.keys(manifest.optionalDependencies)).toEqual(expect.arrayContaining(names))
  })
})
