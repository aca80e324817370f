import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'

it.runIf(process.platform === 'linux')(
  'puts a folder into the bin of the system with all that is in it, and takes its name as it is',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'understudy-bin-'))
    onTestFinished(() => {
      vi.unstubAllEnvs()
      rmSync(home, { recursive: true, force: true })
    })
    // Read when the library is loaded.
    vi.stubEnv('XDG_DATA_HOME', join(home, 'data'))
    vi.stubEnv('HOME', home)
    const { systemBin } = await import('../../../src/main/files/system-bin.ts')
    const folder = join(home, 'a [take]*')
    mkdirSync(folder)
    writeFileSync(join(folder, 'result.mp4'), 'a film')
    await systemBin(folder)
    expect(existsSync(folder)).toBe(false)
    const bin = (...names: string[]) => join(home, 'data', 'Trash', ...names)
    const [name = ''] = readdirSync(bin('files'))
    expect(readFileSync(bin('files', name, 'result.mp4'), 'utf8')).toBe('a film')
    // From there the system puts it back.
    expect(readFileSync(bin('info', `${name}.trashinfo`), 'utf8')).toContain(`Path=${encodeURI(folder)}\n`)
  },
)
