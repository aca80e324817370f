import { execFile } from 'node:child_process'
import { access, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { followMoves } from '../../../src/main/system/moved-home.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const support = join(import.meta.dirname, '../../support/window')

describe('the Electron face on the real core, with only Electron itself stood in for', () => {
  let folder: string
  let seen: Record<string, unknown>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-face-'))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', join(support, 'electron-stand-in-hook.ts'), join(support, 'electron-journey.ts')],
      {
        env: {
          ...process.env,
          UNDERSTUDY_HOME: join(folder, 'home'),
          SAVE_TO: join(folder, 'mine'),
          MOVE_TO: join(folder, 'new home'),
        },
      },
    )
    seen = JSON.parse(stdout) as Record<string, unknown>
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('opens its own page in its window', () => {
    expect(seen).toMatchObject({ face: 'electron', loaded: ['load app://studio/index.html'] })
  })

  it('serves the clip to the player in exact ranges', () => {
    expect(seen['media']).toEqual([206, expect.stringMatching(/^bytes 0-99\/\d+$/)])
  })

  it('takes the sample from two files to a finished take', () => {
    expect(seen['problem']).toBeNull()
    expect(seen['states']).toEqual(expect.arrayContaining(['INTENT', 'WIRE', 'ACKED', 'DONE']))
    expect(seen['frames']).toBeGreaterThan(0)
  })

  it('says on the desktop that the take is ready, and clears the taskbar', () => {
    expect(seen).toMatchObject({ notices: ['Your take is ready'], progress: [-1] })
  })

  it('saves the result where the dialog said, and shows it in its folder', async () => {
    expect(seen).toMatchObject({ saved: { name: 'mine.mp4' }, revealed: 1 })
    expect((await stat(join(folder, 'mine.mp4'))).size).toBeGreaterThan(0)
  })

  it('leaves no channel open beside those of the contract', async () => {
    // The settings were read and written through electron-store, which opens one.
    await access(join(folder, 'home/settings.json'))
    expect(seen['listening']).toEqual([])
  })

  it('moves its library, closes, and opens again, which finds it in its new folder', () => {
    expect(seen['moved']).toBe(join(folder, 'new home'))
    const left = seen['left'] as readonly string[]
    expect(left.filter((call) => call === 'relaunch')).toHaveLength(1)
    expect(left.indexOf('release lock')).toBeLessThan(left.indexOf('relaunch'))
    expect(followMoves(join(folder, 'home'))).toBe(join(folder, 'new home'))
  })

  it('keeps its library in the folder of all faces', async () => {
    await access(join(folder, 'home/studio.db'))
    await access(join(folder, 'home/library/01JD0000000000000000000007/take.json'))
  })
})
