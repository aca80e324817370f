import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  browserCandidates,
  findBrowser,
  hasDisplay,
  type Machine,
  openWindow,
  windowFile,
  startProgram,
} from '../../../src/main/web/browser-window.ts'
import { findProgram } from '../../../src/main/processes/find-program.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const linux: Machine = {
  platform: 'linux',
  env: { PATH: '/usr/local/bin:/usr/bin:relative', DISPLAY: ':0' },
  home: '/home/me',
  root: false,
}

describe('a display', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { WAYLAND_DISPLAY: '', DISPLAY: ':0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('on %s with %j: %j', (platform, env, expected) => {
    expect(hasDisplay({ platform, env })).toBe(expected)
  })
})

describe('the browser', () => {
  it('is looked for under its usual names, on the PATH only', async () => {
    const folder = await temporaryFolder()
    const chrome = join(folder, 'google-chrome')
    await writeFile(chrome, '')
    await chmod(chrome, 0o755)
    const machine = { ...linux, env: { ...linux.env, PATH: `relative:${folder}` } }
    expect(findBrowser(machine)).toBe(chrome)
    expect(browserCandidates(linux).every((name) => !name.includes('/'))).toBe(true)
  })

  it('is looked for in the folders of programs on macOS and Windows', () => {
    expect(browserCandidates({ ...linux, platform: 'darwin' })).toContain(
      '/home/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    )
    const env = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' }
    const windows = browserCandidates({ ...linux, platform: 'win32', env })
    expect(windows).toContain('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe')
    expect(windows).toContain('C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe')
  })

  it('is the one the user names, and no other', () => {
    expect(browserCandidates({ ...linux, env: { ...linux.env, UNDERSTUDY_BROWSER: '/opt/b' } })).toEqual([
      '/opt/b',
    ])
  })

  it('is none where none can be started', () => {
    expect(findBrowser(linux, () => null)).toBeNull()
  })
})

async function opened(machine: Machine, runs = true, folder: string | null = null) {
  const started: { command: string; args: readonly string[]; outlives: boolean }[] = []
  const profile = folder ?? join(await temporaryFolder(), 'window')
  const outcome = await openWindow({
    machine,
    address: 'http://x.localhost:5005/?ticket=t',
    profile,
    find: () => (runs ? '/usr/bin/chromium' : null),
    start: (command, args, { outlives }) => {
      started.push({ command, args, outlives })
      return { ended: Promise.resolve(true), stop: () => undefined }
    },
  })
  return { outcome, started, profile }
}

describe('opening the window', () => {
  it('shows the address as an app with a private profile and no talk to the network', async () => {
    const { started, profile } = await opened(linux)
    expect(started).toHaveLength(1)
    expect(started[0]?.outlives).toBe(false)
    expect(started[0]?.args).toEqual(
      expect.arrayContaining([
        `--app=${pathToFileURL(windowFile(profile)).href}`,
        `--user-data-dir=${profile}`,
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ]),
    )
    expect((await stat(profile)).mode & 0o777).toBe(0o700)
  })

  it('hands the ticket over in a file of this user, never on the command line', async () => {
    const { started, profile } = await opened(linux)
    expect(started[0]?.args.join(' ')).not.toContain('ticket')
    expect(await readFile(windowFile(profile), 'utf8')).toContain('url=http://x.localhost:5005/?ticket=t"')
    expect((await stat(windowFile(profile))).mode & 0o777).toBe(0o600)
  })

  it('takes the place of a file and a folder that others could read', async () => {
    const profile = join(await temporaryFolder(), 'window')
    await mkdir(profile)
    await chmod(profile, 0o777)
    await writeFile(windowFile(profile), 'old')
    await chmod(windowFile(profile), 0o666)
    await opened(linux, true, profile)
    expect((await stat(profile)).mode & 0o777).toBe(0o700)
    expect((await stat(windowFile(profile))).mode & 0o777).toBe(0o600)
  })

  it('keeps the sandbox of the browser, except for root, where there is none', async () => {
    const sandboxed = (await opened(linux)).started[0]?.args
    const asRoot = (await opened({ ...linux, root: true })).started[0]?.args
    expect(sandboxed).not.toContain('--no-sandbox')
    expect(asRoot).toContain('--no-sandbox')
  })

  it('says when there is no place for its profile, instead of throwing', async () => {
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    const outcome = await openWindow({
      machine: linux,
      address: 'http://127.0.0.1:5005/',
      profile: join(file, 'window'),
      find: () => '/usr/bin/chromium',
      start: () => {
        throw new Error('started')
      },
    })
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'folder-unwritable' } })
  })

  it('says why it cannot, and starts nothing', async () => {
    const noDisplay = await opened({ ...linux, env: { PATH: '/usr/bin' } })
    const noBrowser = await opened(linux, false)
    for (const { outcome, started } of [noDisplay, noBrowser]) {
      expect(outcome).toMatchObject({
        ok: false,
        problem: { code: 'tool-missing', advice: expect.any(String) },
      })
      expect(started).toEqual([])
    }
  })
})

describe('a program', () => {
  it('that ends says so', async () => {
    expect(await startProgram(process.execPath, ['-e', ''], { outlives: false }).ended).toBe(true)
  })

  it('that is not there says so instead of throwing', async () => {
    expect(await startProgram('/nowhere/at/all', [], { outlives: true }).ended).toBe(false)
  })

  it('can be stopped', async () => {
    const program = startProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { outlives: false })
    program.stop()
    expect(await program.ended).toBe(true)
  })

  it('is found only when it is there and may be run', async () => {
    const path = join(await temporaryFolder(), 'program')
    expect(findProgram(path)).toBeNull()
    await writeFile(path, '')
    await chmod(path, 0o600)
    expect(findProgram(path)).toBeNull()
    await chmod(path, 0o700)
    expect(findProgram(path)).toBe(path)
  })
})
