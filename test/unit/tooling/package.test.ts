import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { missingTools } from '../../../scripts/package-hooks.mjs'
import { root } from '../../../scripts/lib/paths.mjs'
import { pinnedTools } from '../../../scripts/lib/pinned-tools.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-package-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly homepage: string
  readonly desktopName: string
  readonly dependencies: Readonly<Record<string, string>>
}

describe('a package', () => {
  const target = { platform: 'linux', arch: 'x64' }

  it('is not made without the published ffmpeg and ffprobe, and the sentence says which and what to do', () => {
    expect(missingTools(target, pinnedTools(target, folder))).toBe(
      'The published ffmpeg and ffprobe for linux-x64 aren’t in node_modules/ffmpeg-static, and a package needs ' +
        'them. On linux-x64, run: npm run setup -- --retry',
    )
  })

  it('is not made with programs that only have the right names and sizes', () => {
    const [ffmpeg] = pinnedTools(target, folder)
    writeFileSync(ffmpeg?.path ?? '', '')
    truncateSync(ffmpeg?.path ?? '', ffmpeg?.pin.bytes ?? 0)
    expect(missingTools(target, pinnedTools(target, folder))).toContain('ffmpeg and ffprobe for linux-x64')
  })

  it('is made with those that were published', () => {
    const content = Buffer.from('published')
    const pin = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
    const tools = pinnedTools(target, folder).map((tool) => ({ ...tool, pin }))
    for (const { path } of tools) writeFileSync(path, content)
    expect(missingTools(target, tools)).toBeNull()
  })

  it('is not made for a machine that nothing is published for', () => {
    expect(missingTools({ platform: 'linux', arch: 'armv7l' })).toContain('linux-armv7l')
  })

  it('never brings the builds of 2018 and 2023', () => {
    expect(Object.keys(about.dependencies).filter((name) => name.includes('-installer'))).toEqual([])
    expect(config).toContain("'!node_modules/@{ffmpeg,ffprobe}-installer/**'")
  })

  it('has what a .deb asks for, and names its window as its desktop entry', () => {
    expect(about.homepage).toMatch(/^https:/)
    expect(about.desktopName).toBe('understudy.desktop')
    expect(config).toContain('executableName: understudy')
    expect(config).toContain('syncDesktopName: true')
  })

  it('has its icon in the sizes that Linux desktops look for', () => {
    const sizes = [16, 32, 48, 64, 128, 256, 512].map((side) => `${String(side)}x${String(side)}.png`)
    expect(readdirSync(join(root, 'resources', 'icons', 'linux')).sort()).toEqual(sizes.sort())
  })
})

describe.skipIf(process.platform === 'win32')('the launcher of the AppImage', () => {
  /** Starts it with an `unshare` that answers so, and a program that prints its arguments. */
  function launch(allowed: boolean): { readonly out: string; readonly code: number } {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    const script = (path: string, body: string) => {
      writeFileSync(path, `#!/bin/sh\n${body}\n`)
      chmodSync(path, 0o755)
    }
    script(join(bin, 'unshare'), allowed ? 'exit 0' : 'exit 1')
    script(join(folder, 'understudy'), 'echo "started: $*"')
    const env = { PATH: `${bin}:/usr/bin:/bin`, APPDIR: folder }
    try {
      const out = execFileSync(join(root, 'scripts', 'linux', 'AppRun'), ['--lang', 'a b'], {
        env,
        encoding: 'utf8',
      })
      return { out, code: 0 }
    } catch (error) {
      const { stderr, status } = error as { readonly stderr: string; readonly status: number }
      return { out: stderr, code: status }
    }
  }

  it('hands everything on and adds nothing', () => {
    expect(launch(true)).toEqual({ out: 'started: --lang a b\n', code: 0 })
  })

  it('does not start without the sandbox, and says what to do', () => {
    const { out, code } = launch(false)
    expect(code).toBe(1)
    expect(out).toContain("doesn't let Understudy create its sandbox. Install the .deb package")
    expect(out).not.toContain('started')
  })

  it('never speaks of --no-sandbox but in its comment', () => {
    const lines = readFileSync(join(root, 'scripts', 'linux', 'AppRun'), 'utf8').split('\n')
    expect(lines.filter((line) => line.includes('--no-sandbox') && !line.startsWith('#'))).toEqual([])
    expect(config).toContain('executableArgs: []')
  })
})
