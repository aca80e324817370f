import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatDoctor } from '../../../src/main/cli/commands/doctor.ts'
import { diagnose, type Found } from '../../../src/main/core/doctor.ts'
import { environmentSecrets } from '../../../src/main/system/environment.ts'
import { openStaging } from '../../../src/main/cli/out-folder.ts'
import { probeFolder } from '../../../src/main/files/probe-folder.ts'
import { resultName } from '../../../src/main/cli/commands/generate.ts'
import { lineFor, textFor } from '../../../src/main/cli/commands/take-lines.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { temporaryFolder } from './session.ts'

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

describe('keys from the environment', () => {
  const secrets = environmentSecrets({
    UNDERSTUDY_KLING_KEY: ' key-1\n',
    UNDERSTUDY_OXEN_KEY: '  ',
    UNDERSTUDY_S3_BUCKET: 'clips',
    PATH: '/usr/bin',
  })
  it('are read without the line end they were pasted with', async () => {
    expect(await secrets.read('kling')).toBe('key-1')
    expect(await secrets.read('s3.bucket')).toBe('clips')
  })
  it('are none where the variable is blank, missing or not one of ours', async () => {
    expect(await secrets.read('oxen')).toBeNull()
    expect(await secrets.read('highway')).toBeNull()
    expect(await secrets.read('PATH')).toBeNull()
    expect(await secrets.read('constructor')).toBeNull()
  })
})

describe('the lines about a take', () => {
  const take = aTake({ state: 'DOWNLOADING', attempt: 1, progress: 0.101 })
  it('tell a new state once', () => {
    expect(lineFor(undefined, take)).toMatchObject({ event: 'state', state: 'DOWNLOADING' })
    expect(lineFor(take, take)).toBeNull()
  })
  it('tell a new attempt even in the same state', () => {
    expect(lineFor(take, { ...take, attempt: 2 })).toMatchObject({ event: 'state', attempt: 2 })
  })
  it('tell how long the provider still needs, where it says so', () => {
    const running = aTake({ state: 'ACKED', attempt: 1, eta: 90 })
    expect(lineFor({ ...running, eta: null }, running)).toMatchObject({
      event: 'progress',
      fraction: null,
      eta: 90,
    })
    expect(lineFor(running, running)).toBeNull()
  })
  it('tell once that the answers about a task are not understood', () => {
    const running = aTake({ state: 'ACKED', attempt: 1 })
    const problem = { code: 'answer-unclear', message: 'It cannot be read.' } as const
    const unclear = { ...running, problem }
    expect(lineFor(running, unclear)).toMatchObject({ event: 'state', state: 'ACKED', problem })
    expect(textFor(running, unclear)).toContain('Answer not understood')
    expect(lineFor(unclear, { ...unclear })).toBeNull()
    expect(lineFor(unclear, running)).toBeNull()
  })
  it('tell progress by whole percents', () => {
    expect(lineFor(take, { ...take, progress: 0.109 })).toBeNull()
    expect(lineFor(take, { ...take, progress: 0.111 })).toMatchObject({ event: 'progress', fraction: 0.111 })
  })
})

describe('the name of a result', () => {
  it('is that of the clip and the end of the take id', () => {
    const id = '01JD8QZZZZZZZZZZZZZZABCDEF'
    expect(resultName({ id, clipName: 'my dance.final.mov' }, 1)).toBe('my dance.final-ABCDEF.mp4')
    expect(resultName({ id, clipName: 'dance' }, 2)).toBe('dance-ABCDEF-2.mp4')
    expect(resultName({ id, clipName: `${'ä'.repeat(120)}.mp4` }, 1)).toMatch(/-ABCDEF\.mp4$/)
  })
})

describe('the folder for what is written', () => {
  it('is found fit without being made', async () => {
    const folder = temporaryFolder()
    expect(await probeFolder(join(folder, 'new', 'er'))).toMatchObject({ ok: true })
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused when it is, or lies in, a file', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(await probeFolder(file)).toMatchObject({ problem: { code: 'folder-unwritable' } })
    expect(await probeFolder(join(file, 'below'))).toMatchObject({ problem: { code: 'folder-unwritable' } })
  })

  it('gets all files or none, and keeps those that were there', async () => {
    const out = join(temporaryFolder(), 'out')
    mkdirSync(out)
    writeFileSync(join(out, 'clip.mp4'), 'mine')
    const staging = valueOf(await openStaging(out))
    writeFileSync(join(staging.folder, 'a.json'), 'new')
    writeFileSync(join(staging.folder, 'clip.mp4'), 'new')
    expect(await staging.publish()).toMatchObject({ problem: { code: 'file-exists' } })
    await staging.discard()
    expect(readdirSync(out)).toEqual(['clip.mp4'])
    expect(readFileSync(join(out, 'clip.mp4'), 'utf8')).toBe('mine')
  })

  it('is gone again when it was made for nothing', async () => {
    const folder = temporaryFolder()
    const staging = valueOf(await openStaging(join(folder, 'new', 'er')))
    await staging.discard()
    expect(readdirSync(folder)).toEqual([])
  })

  it('stays when something was published into it', async () => {
    const out = join(temporaryFolder(), 'new')
    const staging = valueOf(await openStaging(out))
    writeFileSync(join(staging.folder, 'clip.mp4'), 'new')
    expect(await staging.publish()).toMatchObject({ ok: true })
    await staging.discard()
    expect(readdirSync(out)).toEqual(['clip.mp4'])
    expect(existsSync(staging.folder)).toBe(false)
  })
})

describe('doctor', () => {
  const tool = { path: '/bin/x', version: '1', from: 'PATH' }
  const all: Found = { node: tool, ffmpeg: tool, ffprobe: tool, browser: tool, electron: tool }
  const about = {
    version: '1.2.3',
    platform: 'linux x64',
    library: { path: '/home/me', writable: true, freeBytes: 5_000_000_000, note: null },
  }

  it('is content without what is only nice to have', () => {
    expect(diagnose({ ...all, electron: null, browser: null }, about)).toMatchObject({ ready: true })
  })

  it.each(['node', 'ffmpeg', 'ffprobe'] as const)(
    'is not content without %s, and says what to do',
    (name) => {
      const report = diagnose({ ...all, [name]: null }, about)
      expect(report.ready).toBe(false)
      expect(formatDoctor(report, false)).toMatch(new RegExp(`^missing +${name} .*Run setup again`, 'm'))
    },
  )

  it('is not content with a library that cannot be written to', () => {
    const library = { ...about.library, writable: false, note: 'Nothing can be written there.' }
    const report = diagnose(all, { ...about, library })
    expect(report.ready).toBe(false)
    expect(formatDoctor(report, false)).toContain('Nothing can be written there.')
  })

  it('shows where every tool came from', () => {
    expect(formatDoctor(diagnose(all, about), true)).toMatch(/^✓ +ffmpeg +1 +PATH +\/bin\/x$/m)
  })
})
