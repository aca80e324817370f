import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgram, findPrograms } from '../../src/main/processes/find-program.ts'
import { findTools, toolPaths, toolsWhenNeeded, type ToolSearch } from '../../src/main/media/find-tools.ts'
import { fetchedTool, installerTool, outsideArchive, pinOf } from '../../src/main/media/tools/bundled.ts'
import type { RunTool } from '../../src/main/system/ports.ts'
import { saysOf } from '../support/processes/tool-builds.ts'
import { createWorkbench, type Workbench } from '../support/clips/media-kit.ts'
import { runTool } from '../support/processes/tools.ts'

/** A machine on which exactly these programs start. */
const machine =
  (programs: Readonly<Record<string, string>>): RunTool =>
  ({ command }) => {
    const words = programs[command]
    return Promise.resolve({
      ended: words === undefined ? 'missing' : 'exit',
      exitCode: words === undefined ? null : 0,
      stdout: new TextEncoder().encode(words),
      stderr: '',
    })
  }

const programs = {
  '/static/ffmpeg': saysOf('ffmpeg', '7.0.2-static'),
  '/static/ffprobe': saysOf('ffprobe', '7.0.2-static'),
  '/usr/bin/ffmpeg': saysOf('ffmpeg', '5.1.9-0+deb12u1'),
  '/usr/bin/ffprobe': saysOf('ffprobe', '5.1.9-0+deb12u1'),
  '/npm/ffmpeg': saysOf('ffmpeg', 'N-47683-g0e8eb07980-static'),
  '/npm/ffprobe': saysOf('ffprobe', 'N-66595-gc2b38619c0-static'),
}

/** A checkout with everything, less what is gone. */
const search = (...gone: readonly string[]): ToolSearch => ({
  run: machine(Object.fromEntries(Object.entries(programs).filter(([path]) => !gone.includes(path)))),
  fetched: (tool) => ({ path: `/static/${tool}`, pin: { bytes: 1, sha256: 'pinned' } }),
  onPath: (tool) => [`/usr/bin/${tool}`],
  installer: (name) => (name === '@ffmpeg-installer/ffmpeg' ? '/npm/ffmpeg' : '/npm/ffprobe'),
})

describe('finding ffmpeg and ffprobe', () => {
  it('takes the newest, and says where it came from, its version and what it can be held against', async () => {
    const { ffmpeg, ffprobe } = await findTools(search())
    expect(ffmpeg).toEqual({
      path: '/static/ffmpeg',
      from: 'ffmpeg-static',
      version: '7.0.2-static',
      lastResort: false,
      pin: { bytes: 1, sha256: 'pinned' },
    })
    expect(ffprobe).toMatchObject({ path: '/static/ffprobe', version: '7.0.2-static' })
  })

  it('takes both from PATH where one of the fetched does not start', async () => {
    const { ffmpeg, ffprobe } = await findTools(search('/static/ffprobe'))
    expect(ffmpeg).toMatchObject({ path: '/usr/bin/ffmpeg', from: 'PATH', pin: null, lastResort: false })
    expect(ffprobe).toMatchObject({ path: '/usr/bin/ffprobe' })
  })

  it('takes the builds of 2018 and 2023 as the last resort alone, and says so', async () => {
    const { ffmpeg, ffprobe } = await findTools(
      search('/static/ffmpeg', '/static/ffprobe', '/usr/bin/ffmpeg', '/usr/bin/ffprobe'),
    )
    expect(ffmpeg).toMatchObject({ from: '@ffmpeg-installer/ffmpeg', lastResort: true })
    expect(ffprobe).toMatchObject({ from: '@ffprobe-installer/ffprobe', lastResort: true })
  })

  it('does not even start those where others were found', async () => {
    const started: string[] = []
    const { run, ...others } = search()
    await findTools({
      ...others,
      run: (tool) => {
        started.push(tool.command)
        return run(tool)
      },
    })
    expect(started.filter((path) => path.startsWith('/npm'))).toEqual([])
  })

  it('starts none of them before one is needed, and each once however often', async () => {
    const started: string[] = []
    const { run, ...others } = search()
    const tools = toolsWhenNeeded(() =>
      findTools({
        ...others,
        run: (tool) => {
          started.push(tool.command)
          return run(tool)
        },
      }),
    )
    expect(started).toEqual([])
    expect(await tools()).toEqual(await tools())
    expect(started).toHaveLength(new Set(started).size)
  })

  it('answers null for each when there is none', async () => {
    const none = { fetched: () => null, onPath: () => [], installer: () => null }
    expect(toolPaths(await findTools({ run: machine({}), ...none }))).toEqual({ ffmpeg: null, ffprobe: null })
  })

  it('does not take another program of that name for ffmpeg', async () => {
    const run = machine({ '/usr/bin/ffmpeg': 'hello\n' })
    const found = await findTools({ ...search(), run, fetched: () => null, installer: () => null })
    expect(found.ffmpeg).toBeNull()
  })

  it('finds tools on this very machine that start', async () => {
    const { ffmpeg, ffprobe } = await findTools({ run: runTool })
    expect(ffmpeg?.version).toMatch(/\d/)
    expect(ffprobe?.version).toMatch(/\d/)
  })
})

describe('the programs that come with a checkout or the app', () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await createWorkbench()
  })
  afterAll(() => bench.remove())

  it('are absent when their package throws, whatever it throws, or names no file', () => {
    const throwing = () => {
      // What @ffmpeg-installer/ffmpeg does on a platform it has nothing for.
      // oxlint-disable-next-line typescript/only-throw-error -- it throws a string
      throw 'Unsupported platform/architecture: plan9-x64'
    }
    expect(installerTool('@ffmpeg-installer/ffmpeg', throwing)).toBeNull()
    expect(installerTool('@ffmpeg-installer/ffmpeg', () => null)).toBeNull()
    const gone = { path: join(bench.folder, 'not', 'downloaded') }
    expect(installerTool('@ffmpeg-installer/ffmpeg', () => gone)).toBeNull()
  })

  it.skipIf(process.platform === 'win32')(
    'are made runnable when they were installed without scripts',
    async () => {
      const path = join(bench.folder, 'ffprobe')
      await writeFile(path, '#!/bin/sh\n')
      await chmod(path, 0o644)
      expect(installerTool('@ffprobe-installer/ffprobe', () => ({ path }))).toBe(path)
      expect(findProgram(path)).toBe(path)
    },
  )

  it('are used when they have the published size, or when nothing is published for the platform', async () => {
    const folder = join(bench.folder, 'static')
    await mkdir(folder)
    await writeFile(join(folder, 'ffmpeg'), 'half a download')
    expect(fetchedTool('ffmpeg', { platform: 'linux', arch: 'x64' }, folder)).toBeNull()
    expect(fetchedTool('ffmpeg', { platform: 'linux', arch: 'riscv64' }, folder)).toEqual({
      path: join(folder, 'ffmpeg'),
      pin: null,
    })
    expect(fetchedTool('ffprobe', { platform: 'linux', arch: 'riscv64' }, folder)).toBeNull()
  })

  it('have a published checksum on every platform that is built for', () => {
    for (const [platform, arch] of [
      ...(['linux', 'darwin'] as const).flatMap((system) => [
        [system, 'x64'] as const,
        [system, 'arm64'] as const,
      ]),
      ['win32', 'x64'] as const,
    ])
      for (const tool of ['ffmpeg', 'ffprobe'] as const) {
        const pin = pinOf(tool, { platform, arch })
        expect(pin?.sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(pin?.bytes).toBeGreaterThan(40_000_000)
      }
  })

  it('are looked for beside the archive of a packaged app, where they can be started', () => {
    const inside = ['', 'Applications', 'app.asar', 'node_modules', 'ffmpeg-static', 'ffmpeg'].join(sep)
    expect(outsideArchive(inside)).toBe(inside.replace('app.asar', 'app.asar.unpacked'))
    expect(outsideArchive(`${sep}usr${sep}bin${sep}ffmpeg`)).toBe(`${sep}usr${sep}bin${sep}ffmpeg`)
  })
})

describe.skipIf(process.platform === 'win32')('PATH', () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await createWorkbench()
  })
  afterAll(() => bench.remove())

  it('gives every program of a name once, and only where an entry is absolute', async () => {
    for (const name of ['bin', 'local']) {
      await mkdir(join(bench.folder, name))
      await writeFile(join(bench.folder, name, 'ffmpeg'), '#!/bin/sh\n')
      await chmod(join(bench.folder, name, 'ffmpeg'), 0o755)
    }
    const [bin, local, link] = ['bin', 'local', 'link'].map((name) => join(bench.folder, name))
    await symlink(join(bench.folder, 'bin'), join(bench.folder, 'link'))
    const searchPath = `relative:${String(local)}:${String(link)}:${String(bin)}`
    expect(findPrograms('ffmpeg', { searchPath, platform: 'linux' })).toEqual([
      join(String(local), 'ffmpeg'),
      join(String(link), 'ffmpeg'),
    ])
    expect(findProgram('ffmpeg', { searchPath, platform: 'linux' })).toBe(join(String(local), 'ffmpeg'))
    expect(findProgram('ffmpeg', { searchPath: 'relative:.', platform: 'linux' })).toBeNull()
  })
})
