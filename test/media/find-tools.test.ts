import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundledTool, outsideArchive } from '../../src/main/media/ffmpeg.ts'
import { findProgram } from '../../src/main/media/find-program.ts'
import { findTools, isRecent, toolPaths, type ToolSearch } from '../../src/main/media/find-tools.ts'
import type { RunTool } from '../../src/main/ports.ts'
import { createWorkbench, type Workbench } from '../support/media-kit.ts'
import { runTool } from '../support/tools.ts'

const banner = (name: string, version: string, year = 2025) =>
  `${name} version ${version} Copyright (c) 2000-${String(year)} the FFmpeg developers\n`

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

const everything: ToolSearch = {
  run: machine({
    static: banner('ffmpeg', '6.0-static'),
    path: banner('ffmpeg', '5.1.9-0+deb12u1'),
    installer: banner('ffmpeg', 'N-47683-g0e8eb07980-static', 2018),
    probeInstaller: banner('ffprobe', 'N-66595-gc2b38619c0-static', 2023),
    probePath: banner('ffprobe', '5.1.9-0+deb12u1'),
  }),
  bundled: (name) =>
    ({
      'ffmpeg-static': 'static',
      '@ffmpeg-installer/ffmpeg': 'installer',
      '@ffprobe-installer/ffprobe': 'probeInstaller',
    })[name],
  onPath: (name) => (name === 'ffmpeg' ? 'path' : 'probePath'),
}

const without = (...gone: readonly string[]): ToolSearch => ({
  ...everything,
  run: (run) => (gone.includes(run.command) ? machine({})(run) : everything.run(run)),
})

describe('finding ffmpeg and ffprobe', () => {
  it('prefers the ffmpeg that came with the app, and says where it came from and its version', async () => {
    const { ffmpeg, ffprobe } = await findTools(everything)
    expect(ffmpeg).toEqual({ path: 'static', from: 'ffmpeg-static', version: '6.0-static' })
    expect(ffprobe).toEqual({
      path: 'probeInstaller',
      from: '@ffprobe-installer/ffprobe',
      version: 'N-66595-gc2b38619c0-static',
    })
  })

  it('takes the one on PATH when the one that came with the app does not start', async () => {
    expect((await findTools(without('static'))).ffmpeg).toMatchObject({
      from: 'PATH',
      version: '5.1.9-0+deb12u1',
    })
    expect((await findTools(without('probeInstaller'))).ffprobe).toMatchObject({ from: 'PATH' })
  })

  it('takes the old one from the package as a last resort', async () => {
    expect((await findTools(without('static', 'path'))).ffmpeg).toMatchObject({
      from: '@ffmpeg-installer/ffmpeg',
    })
  })

  it('passes over an ffmpeg on PATH that is older than version 5', async () => {
    const run: RunTool = (tool) =>
      tool.command === 'path'
        ? machine({ path: banner('ffmpeg', '4.4.1', 2021) })(tool)
        : everything.run(tool)
    const found = await findTools({
      ...without('static'),
      run: (tool) => (tool.command === 'static' ? machine({})(tool) : run(tool)),
    })
    expect(found.ffmpeg).toMatchObject({ from: '@ffmpeg-installer/ffmpeg' })
  })

  it('answers null for each when there is none', async () => {
    const none = await findTools({ run: machine({}), bundled: () => null, onPath: () => null })
    expect(toolPaths(none)).toEqual({ ffmpeg: null, ffprobe: null })
  })

  it('does not take another program of that name for ffmpeg', async () => {
    const run = machine({ path: 'hello\n' })
    expect((await findTools({ run, bundled: () => null, onPath: () => 'path' })).ffmpeg).toBeNull()
  })

  it('knows a recent build by its release number or, without one, by its year', () => {
    expect(isRecent(banner('ffmpeg', '5.0'))).toBe(true)
    expect(isRecent(banner('ffmpeg', 'n7.1.1'))).toBe(true)
    expect(isRecent(banner('ffmpeg', '2023-07-19-git-efa6cec759-full_build', 2023))).toBe(true)
    expect(isRecent(banner('ffmpeg', '4.4.2', 2024))).toBe(false)
    expect(isRecent(banner('ffmpeg', 'N-47683-g0e8eb07980', 2018))).toBe(false)
  })

  it('finds tools on this very machine that start', async () => {
    const { ffmpeg, ffprobe } = await findTools({ run: runTool })
    expect(ffmpeg?.version).toMatch(/\d/)
    expect(ffprobe?.version).toMatch(/\d/)
  })
})

describe('the packages that carry binaries', () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await createWorkbench()
  })
  afterAll(() => bench.remove())

  it('are absent when they throw, whatever they throw', () => {
    const throwing = () => {
      // What @ffmpeg-installer/ffmpeg does on a platform it has nothing for.
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- it throws a string
      throw 'Unsupported platform/architecture: plan9-x64'
    }
    expect(bundledTool('@ffmpeg-installer/ffmpeg', throwing)).toBeNull()
  })

  it('are absent when they name no file, or one that is not there', () => {
    expect(bundledTool('ffmpeg-static', () => null)).toBeNull()
    expect(bundledTool('ffmpeg-static', () => join(bench.folder, 'not', 'downloaded'))).toBeNull()
  })

  it.skipIf(process.platform === 'win32')(
    'are made runnable when they were installed without scripts',
    async () => {
      const path = join(bench.folder, 'ffprobe')
      await writeFile(path, '#!/bin/sh\n')
      await chmod(path, 0o644)
      expect(bundledTool('@ffprobe-installer/ffprobe', () => ({ path }))).toBe(path)
      expect(findProgram(path)).toBe(path)
    },
  )

  it('are looked for beside the archive of a packaged app, where they can be started', () => {
    const inside = ['', 'Applications', 'app.asar', 'node_modules', 'ffmpeg-static', 'ffmpeg'].join(sep)
    expect(outsideArchive(inside)).toBe(inside.replace('app.asar', 'app.asar.unpacked'))
    expect(outsideArchive(`${sep}usr${sep}bin${sep}ffmpeg`)).toBe(`${sep}usr${sep}bin${sep}ffmpeg`)
  })

  it.skipIf(process.platform === 'win32')(
    'give way to PATH, of which only absolute entries count',
    async () => {
      const folder = join(bench.folder, 'bin')
      await mkdir(folder)
      const path = join(folder, 'ffmpeg')
      await writeFile(path, '#!/bin/sh\n')
      await chmod(path, 0o755)
      expect(findProgram('ffmpeg', { searchPath: `relative:${folder}` })).toBe(path)
      expect(findProgram('ffmpeg', { searchPath: 'relative:.' })).toBeNull()
    },
  )
})
