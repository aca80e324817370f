import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder } from '../../../src/main/files/durable.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('making a folder', () => {
  it('makes those above it too, with the same rights, and is content with one that is there', async () => {
    const path = join(await temporaryFolder(), 'a', 'b', 'c')
    makeFolder(path, 0o700)
    makeFolder(path, 0o700)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
  })

  it('fails where a file is in the way', async () => {
    const file = join(await temporaryFolder(), 'file')
    writeFileSync(file, 'x')
    expect(() => {
      makeFolder(join(file, 'below'))
    }).toThrow()
  })

  it.skipIf(!existsSync('/proc/self'))('ends where the system will hold no folder', () => {
    expect(() => {
      makeFolder('/proc/nothing/at/all')
    }).toThrow()
  })
})
