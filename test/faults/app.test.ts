import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault, vaultFile } from '../../src/main/electron/secrets.ts'
import { terminalStates, type TakeState } from '../../src/shared/domain/take.ts'
import { isAlive, notedTools } from '../support/processes/a-parent.ts'
import { openPage } from '../support/window/a-page.ts'
import { startCommand, startStudioProcess } from '../support/processes/a-studio-process.ts'
import { makeClip } from '../support/clips/clips.ts'
import { practiceTasks } from '../support/processes/command-line.ts'
import { aSafeStorage } from '../support/window/electron-double.ts'
import { aTake, openLibrary, takeId } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import { jpeg } from '../support/clips/pictures.ts'
import { realTools } from '../support/processes/tools.ts'
import { waitUntil } from '../support/processes/wait-until.ts'

const films = mkdtempSync(join(tmpdir(), 'understudy-app-'))
const files = { character: '', clip: '', slow: '' }
beforeAll(async () => {
  files.character = await jpeg(films, { width: 360, height: 480 })
  files.clip = await makeClip(films, 'small.mp4', { width: 640, height: 352, seconds: 3, rate: 12 })
  files.slow = await makeClip(films, 'slow.mp4', { width: 1280, height: 720, seconds: 9, busy: true })
})
afterAll(() => {
  rmSync(films, { recursive: true, force: true })
})
const newHome = () => mkdtempSync(join(films, 'home-'))

/** What take.json says, which any program can read while nobody looks at the studio. */
const stateOnDisk = (home: string): TakeState | null => {
  try {
    const text = readFileSync(join(home, 'library', takeId, 'take.json'), 'utf8')
    return (JSON.parse(text) as { readonly state: TakeState }).state
  } catch {
    return null
  }
}
const unfinished = (home: string) =>
  readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.part'))

describe('the key store of the system', () => {
  const stage = libraryStage()
  const vault = (backend: Parameters<typeof aSafeStorage>[0]['backend']) =>
    createVault({
      safeStorage: aSafeStorage({ backend }),
      platform: 'linux',
      file: vaultFile(join(stage.folder, 'keys.json')),
      log: () => undefined,
    })

  it.each(['kwallet6', 'basic_text'] as const)(
    '80 · is %s after a restart: the key is asked for again, the task is held, and goes on with the key',
    async (backend) => {
      const before = vault('gnome_libsecret')
      await before.write('kling', 'canary-key')
      let running = true
      const { origin, tasks } = await stage.provider({
        status: (response) => {
          if (running) response.end('{"code":0,"data":{"task_status":"processing"}}')
          return running
        },
      })
      const first = openLibrary({ folder: stage.folder, origin })
      await first.library.submit(aTake(stage.folder))
      await first.until(takeId, 'ACKED')
      await first.close()

      const after = vault(backend)
      expect(await after.state('kling')).toBe('needed-again')
      let key = await after.read('kling')
      const second = openLibrary({ folder: stage.folder, origin, hasKey: () => key !== null })
      stage.bench = second
      second.library.resume()
      expect(await second.until(takeId, 'HELD')).toMatchObject({
        taskId: 'task-1',
        problem: { code: 'account-key' },
      })
      running = false
      await after.write('kling', 'canary-key')
      key = await after.read('kling')
      await second.until(takeId, 'DONE')
      expect(tasks).toHaveLength(1)
      expect(second.states).not.toContain('NEEDS_USER')
    },
  )
})

describe('the page', () => {
  it('81 · dies without a goodbye: its take goes on, and the next page shows the result', async () => {
    const home = newHome()
    const studio = await startStudioProcess(home)
    const page = await openPage(studio.address)
    await page.submit(takeId, files)
    await page.hears('PREPARED', 'ACKED')
    page.kill()
    await waitUntil(() => Promise.resolve(stateOnDisk(home) === 'DONE' || null))

    const next = await openPage(await studio.nextAddress())
    expect(await next.takes()).toMatchObject([{ id: takeId, state: 'DONE' }])
    expect(practiceTasks(home)).toHaveLength(1)
    expect(await studio.end('SIGINT')).toBe(0)
    expect([studio.said(), unfinished(home), readdirSync(home).includes('work')]).toEqual(['', [], false])
  })
})

describe.skipIf(process.platform === 'win32')('the studio', () => {
  it.each(['PREPARING', 'ACKED'] as const)(
    '82 · throws what nobody catches while a take is %s: written down, over at once, and the next start goes on',
    async (state) => {
      const home = newHome()
      const studio = await startStudioProcess(home)
      const page = await openPage(studio.address)
      await page.submit(takeId, files)
      await page.hears(state)
      expect(await studio.end('SIGUSR2')).toBe(1)
      expect(studio.said()).toMatch(/^something unexpected went wrong.*: Error: a surprise/)
      expect(studio.said()).not.toContain(home)

      const again = await startStudioProcess(home)
      const next = await openPage(again.address)
      const ended = await waitUntil(async () => {
        const [take] = await next.takes()
        return take && terminalStates.has(take.state) ? take : null
      })
      expect(ended).toMatchObject({ id: takeId, state: 'DONE' })
      expect(practiceTasks(home)).toHaveLength(1)
      expect(await again.end('SIGINT')).toBe(0)
      expect([again.said(), unfinished(home), readdirSync(home).includes('work')]).toEqual(['', [], false])
    },
  )

  it('10 · is killed while the command line prepares into a folder: nothing half-made stays there after the next start', async () => {
    const home = newHome()
    const out = join(home, 'out')
    const inputs = ['--character', files.character, '--clip', files.slow, '--out', out]
    const path = process.env['PATH'] ?? ''
    const command = startCommand(home, path, 'prepare', ...inputs)
    await waitUntil(() => Promise.resolve(unfinished(home).some((name) => name.endsWith('.mp4')) || null))
    await command.end('SIGKILL')
    expect(readdirSync(out)).toEqual([expect.stringMatching(/^\.understudy-/)])
    await startCommand(home, path, 'takes', 'list').ended
    expect([readdirSync(out), unfinished(home), readdirSync(home).includes('work')]).toEqual([[], [], false])
  })

  it('10 · is killed while it prepares, where nothing ends ffmpeg with it: ended, cleaned and prepared anew at the next start, with one task', async () => {
    const home = newHome()
    const { ffmpeg, ffprobe } = await realTools()
    // A machine without setpriv, as macOS and Windows are.
    const bin = join(home, 'bin')
    mkdirSync(bin)
    symlinkSync(ffmpeg, join(bin, 'ffmpeg'))
    symlinkSync(ffprobe, join(bin, 'ffprobe'))
    const inputs = ['--character', files.character, '--clip', files.slow, '--out', join(home, 'out')]
    const first = startCommand(home, bin, 'generate', ...inputs, '--yes', '--json')
    const work = join(home, 'work')
    await first.reaches('PREPARING')
    // One that writes to the studio would end at its next word; one that is stopped does not. A tool may also be done
    // before it is stopped: then the next one is taken.
    const pid = await waitUntil(async () => {
      if (!unfinished(home).some((name) => name.endsWith('.mp4'))) return null
      for (const tool of notedTools(work)) {
        try {
          process.kill(tool, 'SIGSTOP')
        } catch {
          continue
        }
        if (await isAlive(tool)) return tool
      }
      return null
    })
    await first.end('SIGKILL')
    expect(await isAlive(pid)).toBe(true)
    expect(unfinished(home)).toHaveLength(1)

    const second = startCommand(home, bin, 'takes', 'follow', '--all', '--json')
    await waitUntil(async () => ((await isAlive(pid)) ? null : true))
    await second.reaches('ACKED')
    await second.end('SIGINT')
    expect([unfinished(home), readdirSync(home).includes('work')]).toEqual([[], false])
    expect(practiceTasks(home)).toHaveLength(1)
  })
})
