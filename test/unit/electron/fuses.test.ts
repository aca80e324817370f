import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flipFuses } from '@electron/fuses'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fuses, programPath } from '../../../scripts/fuses.mjs'

// As Electron writes it into its binary: a sentinel, the version of the wire, its length, one digit a fuse.
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const wire = (length: number) =>
  Buffer.concat([Buffer.from(sentinel), Buffer.from([1, length]), Buffer.alloc(length, '1')])

describe('the fuses of the shipped program', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-fuses-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function flipped(platform: string, length: number): Promise<string> {
    const program = join(folder, 'understudy')
    await writeFile(program, Buffer.concat([Buffer.alloc(100, 'x'), wire(length), Buffer.alloc(100, 'y')]))
    await flipFuses(program, { ...fuses(platform), resetAdHocDarwinSignature: false })
    const bytes = await readFile(program, 'latin1')
    const start = bytes.indexOf(sentinel) + sentinel.length + 2
    return bytes.slice(start, start + length)
  }

  it.each([
    // run as Node, cookies encrypted, NODE_OPTIONS, --inspect, archive integrity, only the archive, V8 snapshot,
    // file: privileges, WebAssembly traps
    ['linux', '010001001'],
    ['darwin', '010011001'],
    ['win32', '010011001'],
  ])('are set one by one on %s', async (platform, digits) => {
    expect(await flipped(platform, 9)).toBe(digits)
  })

  it('fail the build when Electron brings one that nobody decided on', async () => {
    await expect(flipped('linux', 10)).rejects.toThrow('strictlyRequireAllFuses')
  })

  it('are set in the program that was packed', () => {
    const packed = {
      appOutDir: '/dist/unpacked',
      productFilename: 'Understudy',
      executableName: 'understudy',
    }
    expect(programPath({ ...packed, platform: 'linux' })).toBe('/dist/unpacked/understudy')
    expect(programPath({ ...packed, platform: 'win32' })).toBe('/dist/unpacked/Understudy.exe')
    expect(programPath({ ...packed, platform: 'darwin' })).toBe('/dist/unpacked/Understudy.app')
  })
})
