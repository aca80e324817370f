import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openStudio } from '../../src/main/core/open-studio.ts'
import { environmentSecrets } from '../../src/main/system/environment.ts'
import { createRunTool } from '../../src/main/processes/run-tool.ts'
import { folderNameOf, type Note } from '../../src/main/processes/leftovers.ts'
import { createProcesses } from '../../src/main/processes/find-process.ts'
import { openSettingsFile } from '../../src/main/core/settings-store.ts'
import { isAlive, notedTools, parentOfFfmpeg, tracesIn } from '../support/processes/a-parent.ts'
import { dropFolder, makeFolder } from '../support/library/library.ts'
import { runTool } from '../support/processes/tools.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'
import { root } from '../support/window/electron-binary.ts'

let home: string
let work: string
let half: string
beforeEach(() => {
  home = makeFolder()
  work = join(home, 'work')
  half = join(home, '.0a1b2c3d4e5f6071.part.mp4')
  onTestFinished(() => {
    dropFolder(home)
  })
})

const untilDead = (pid: number) => waitUntil(async () => ((await isAlive(pid)) ? null : true))

async function startStudio() {
  const studio = await openStudio({
    network: straightNetwork,
    resources: join(root, 'resources'),
    home,
    settings: openSettingsFile(home),
    secrets: environmentSecrets({}),
    log: () => undefined,
    bin: () => Promise.reject(new Error('nothing is given away here')),
  })
  if (!studio.ok) throw new Error(studio.problem.message)
  return studio.value
}

describe.runIf(process.platform === 'linux')('what a killed studio left behind', () => {
  it('10 · an ffmpeg that went on is ended at the next start, and its half-written file is gone', async () => {
    const { pid, kill } = await parentOfFfmpeg(work, half)
    await kill()
    expect([await isAlive(pid), existsSync(half)]).toEqual([true, true])

    const studio = await startStudio()
    await untilDead(pid)
    await studio.close()
    expect([existsSync(half), existsSync(work)]).toEqual([false, false])

    await (await startStudio()).close()
    expect(readdirSync(home).filter((name) => name.startsWith('.') || name === 'work')).toEqual([])
  })

  it('is found by ps too, where there is no /proc', async () => {
    const { pid, kill } = await parentOfFfmpeg(work, half, 'darwin')
    await kill()
    await tracesIn(work, 'darwin').sweep()
    expect([await isAlive(pid), existsSync(half), readdirSync(work)]).toEqual([false, false, []])
  })

  it('is left alone while its owner lives, as a command beside the studio does', async () => {
    const { pid, kill } = await parentOfFfmpeg(work, half)
    await (await startStudio()).close()
    expect([await isAlive(pid), existsSync(half), notedTools(work)]).toEqual([true, true, [pid]])
    await kill()
    await (await startStudio()).close()
    expect([await isAlive(pid), existsSync(half), existsSync(work)]).toEqual([false, false, false])
  })

  it('is never another program that was given the same number', async () => {
    const sleeping = spawn('sleep', ['600'], { stdio: 'ignore', detached: true })
    onTestFinished(() => void sleeping.kill('SIGKILL'))
    const pid = Number(sleeping.pid)
    const { look } = createProcesses(runTool)
    const seen = await look(pid)
    if (typeof seen === 'string') throw new Error(`the sleeping process is ${seen}`)
    const dead = join(work, folderNameOf({ pid: 4_194_300, started: 'boot0.1' }))
    const leave = (notes: readonly Note[]) => {
      mkdirSync(dead, { recursive: true })
      for (const [nth, note] of notes.entries())
        writeFileSync(join(dead, `${String(nth)}.json`), JSON.stringify(note))
    }
    const command = ['sleep', '600']
    leave([
      { kind: 'tool', pid, started: 'boot0.1', command },
      { kind: 'tool', pid, started: seen.started, command: ['ffmpeg', '600'] },
    ])
    await tracesIn(work).sweep()
    expect([await isAlive(pid), readdirSync(work)]).toEqual([true, []])

    leave([{ kind: 'tool', pid, started: seen.started, command }])
    await tracesIn(work).sweep()
    expect([await isAlive(pid), readdirSync(work)]).toEqual([false, []])
  })

  it('is no file of the user, whatever a note says', async () => {
    const mine = join(home, 'holiday.mp4')
    const dead = join(work, folderNameOf({ pid: 4_194_300, started: 'boot0.1' }))
    mkdirSync(dead, { recursive: true })
    writeFileSync(mine, 'my holiday')
    writeFileSync(join(dead, '1.json'), JSON.stringify({ kind: 'file', path: mine }))
    writeFileSync(join(dead, '2.json'), '{"kind":"file","pa')
    await tracesIn(work).sweep()
    expect([existsSync(mine), readdirSync(work)]).toEqual([true, []])
  })
})

describe.skipIf(process.platform === 'win32')('a process of the studio', () => {
  it('notes every tool while it runs, and nothing is left when it closes', async () => {
    const leftovers = tracesIn(work)
    const run = createRunTool({ trackTool: leftovers.trackTool })
    const stop = new AbortController()
    const said = Promise.withResolvers<number>()
    const running = run({
      command: process.execPath,
      args: ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'],
      wallLimit: 60_000,
      signal: stop.signal,
      onOutput: (chunk) => {
        said.resolve(Number(Buffer.from(chunk).toString()))
      },
    })
    expect(notedTools(work)).toEqual([await said.promise])
    stop.abort()
    await running
    expect(notedTools(work)).toEqual([])
    await leftovers.close()
    expect(existsSync(work)).toBe(false)
  })

  it('ends what still runs when it closes', async () => {
    const leftovers = tracesIn(work)
    const run = createRunTool({ trackTool: leftovers.trackTool })
    const running = run({ command: 'sleep', args: ['600'], wallLimit: 600_000 })
    const [pid = 0] = notedTools(work)
    expect(await isAlive(pid)).toBe(true)
    await leftovers.close()
    expect(await isAlive(pid)).toBe(false)
    expect(await running).toMatchObject({ ended: 'exit', exitCode: null })
  })

  it('works all the same where nothing can be noted', async () => {
    writeFileSync(work, 'a file where the folder should be')
    const leftovers = tracesIn(work)
    const run = createRunTool({ trackTool: leftovers.trackTool })
    const exit = await run({ command: process.execPath, args: ['-e', 'console.log(1)'], wallLimit: 60_000 })
    expect(exit).toMatchObject({ ended: 'exit', exitCode: 0 })
    await leftovers.sweep()
    await leftovers.close()
  })
})
