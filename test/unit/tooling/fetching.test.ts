import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { electronPath } from '../../../scripts/lib/binaries.mjs'
import { findProgram } from '../../../scripts/lib/find-program.mjs'
import { whyUnreachable } from '../../../scripts/lib/reach.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-fetching-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe("Electron's program", () => {
  it('is there once its installer has named it and unpacked it', () => {
    expect(electronPath(folder, {})).toBeNull()
    writeFileSync(join(folder, 'path.txt'), 'electron')
    expect(electronPath(folder, {})).toBeNull()
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist', 'electron'), '')
    expect(electronPath(folder, {})).toBe(join(folder, 'dist', 'electron'))
  })

  it('may be one that the user keeps elsewhere', () => {
    writeFileSync(join(folder, 'path.txt'), 'electron')
    writeFileSync(join(folder, 'electron'), '')
    expect(electronPath(folder, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(join(folder, 'electron'))
  })
})

describe('the look before a download', () => {
  it('passes when somebody answers, and names who does not', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await whyUnreachable('127.0.0.1', {}, port)).toBeNull()
    await new Promise((resolve) => server.close(resolve))
    expect(await whyUnreachable('127.0.0.1', {}, port)).toBe('127.0.0.1 couldn’t be reached')
  })

  it('leaves the answer to the download itself behind a proxy', async () => {
    expect(await whyUnreachable('host.invalid', { https_proxy: 'http://127.0.0.1:1' })).toBeNull()
  })
})

describe.skipIf(process.platform === 'win32')('a program on PATH', () => {
  it('is a file that may be run, not a folder and not a text', () => {
    mkdirSync(join(folder, 'a', 'tool'), { recursive: true })
    mkdirSync(join(folder, 'b'))
    mkdirSync(join(folder, 'c'))
    writeFileSync(join(folder, 'b', 'tool'), '')
    writeFileSync(join(folder, 'c', 'tool'), '')
    chmodSync(join(folder, 'c', 'tool'), 0o755)
    const PATH = ['a', 'b', 'c'].map((name) => join(folder, name)).join(':')
    expect(findProgram('tool', { PATH })).toBe(join(folder, 'c', 'tool'))
    expect(findProgram('other', { PATH })).toBeNull()
  })
})
