import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameNumbers, landscape, short } from '../support/clips/clips.ts'
import {
  buildCommandLine,
  filesIn,
  understudy,
  understudyWith,
  workplace,
} from '../support/processes/command-line.ts'
import { jpeg } from '../support/clips/pictures.ts'
import { ffprobe } from '../support/processes/tools.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-workshop-'))
let character = ''
let clip = ''
beforeAll(async () => {
  await buildCommandLine()
  character = await jpeg(media)
  clip = await landscape(media)
})
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe('check', () => {
  it('measures, judges and changes nothing', async () => {
    const { home } = workplace(media)
    const before = filesIn(media)
    const argv = ['check', '--character', character, '--clip', clip, '--json']
    const { code, stdout, stderr } = await understudy(home, ...argv)
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      provider: 'practice',
      verdict: 'ready',
      facts: { character: { kind: 'character', format: 'jpeg' }, clip: { kind: 'clip', codec: 'h264' } },
    })
    expect(filesIn(home)).toEqual([])
    expect(filesIn(media)).toEqual(before)
  })
})

describe('prepare', () => {
  it('writes what would be sent, and a certificate that matches it', async () => {
    const { home, out } = workplace(media)
    const argv = ['prepare', '--character', character, '--clip', clip, '--in', '0.5', '--length', '3']
    const { code, stdout, stderr } = await understudy(home, ...argv, '--out', out, '--json')
    expect([code, stderr]).toEqual([0, ''])
    const answer = JSON.parse(stdout)
    expect(filesIn(out)).toEqual(['certificate.json', 'character.jpg', 'clip.mp4'])
    expect(answer.clip).toMatchObject({ path: join(out, 'clip.mp4'), sha256: sha256(join(out, 'clip.mp4')) })
    expect(answer.character).toMatchObject({ sha256: sha256(join(out, 'character.jpg')), format: 'jpeg' })
    expect(answer.certificate).toMatchObject({ clip: { sha256: answer.clip.sha256 } })
    expect(JSON.parse(readFileSync(join(out, 'certificate.json'), 'utf8'))).toEqual(answer.certificate)
    const frames = await frameNumbers(join(out, 'clip.mp4'))
    expect([frames[0], frames.length]).toEqual([15, answer.clip.frames])
  })

  it('replaces nothing', async () => {
    const { home, root } = workplace(media)
    writeFileSync(join(root, 'clip.mp4'), 'mine')
    const { code, stderr } = await understudy(home, 'prepare', '--clip', clip, '--out', root)
    expect(code).toBe(2)
    expect(stderr).toContain('doesn’t replace it')
    expect(readFileSync(join(root, 'clip.mp4'), 'utf8')).toBe('mine')
  })

  it('leaves nothing behind when the input is refused', async () => {
    const { home, root } = workplace(media)
    const out = join(root, 'new', 'folder')
    const { code, stdout } = await understudy(
      home,
      'prepare',
      '--clip',
      await short(media),
      '--out',
      out,
      '--json',
    )
    expect([code, stdout]).toEqual([3, ''])
    expect(filesIn(root)).toEqual([])
  })
})

describe('compare', () => {
  it('puts reference and result side by side and replaces nothing', async () => {
    const { home, root } = workplace(media)
    const out = join(root, 'both.mp4')
    const argv = ['compare', '--reference', clip, '--result', clip, '--out', out, '--json']
    const { code, stdout } = await understudy(home, ...argv)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ path: out, bytes: readFileSync(out).length })
    const size = await ffprobe(
      '-select_streams',
      'v:0',
      '-show_entries',
      'stream=width',
      '-of',
      'csv=p=0',
      out,
    )
    expect(Number(size)).toBeGreaterThan(640)
    const before = sha256(out)
    expect(await understudy(home, ...argv)).toMatchObject({ code: 2, stdout: '' })
    expect(sha256(out)).toBe(before)
  })
})

describe('commands that touch no media', () => {
  it.skipIf(process.platform === 'win32')('start neither ffmpeg nor ffprobe', async () => {
    const { root, home, out } = workplace(media)
    const heard = join(root, 'heard')
    for (const tool of ['ffmpeg', 'ffprobe'])
      writeFileSync(join(root, tool), `#!/bin/sh\necho ${tool} >> '${heard}'\n`, { mode: 0o755 })
    const path = { PATH: `${root}:${process.env['PATH'] ?? ''}` }
    for (const command of [['takes', 'list'], ['accounts', 'list'], ['providers']])
      expect((await understudyWith(path, home, ...command)).code).toBe(0)
    expect(existsSync(heard)).toBe(false)
    await understudyWith(path, home, 'prepare', '--character', character, '--out', out)
    expect(readFileSync(heard, 'utf8').trim().split('\n').sort()).toEqual(['ffmpeg', 'ffprobe'])
  })
})

describe('motion', () => {
  it('measures every frame of a clip and changes nothing', async () => {
    const { home } = workplace(media)
    const { code, stdout, stderr } = await understudy(home, 'motion', '--clip', clip, '--json')
    expect([code, stderr]).toEqual([0, ''])
    const { values, ...rest } = JSON.parse(stdout) as { readonly values: readonly number[] }
    expect(rest).toEqual({ step: 1 / 30, frames: 120, duration: 4, still: [] })
    expect(values).toHaveLength(120)
    expect(Math.max(...values)).toBe(255)
    expect(filesIn(home)).toEqual([])
  })

  it('names a file that is no video', async () => {
    const { home } = workplace(media)
    const { code, stderr } = await understudy(home, 'motion', '--clip', character)
    expect(code).toBe(4)
    expect(stderr).toContain('jpg')
  })
})

describe('providers and doctor', () => {
  it('need no library', async () => {
    const { home } = workplace(media)
    const providers = await understudy(home, 'providers', '--json')
    expect(providers.code).toBe(0)
    expect(JSON.parse(providers.stdout)).toContainEqual(expect.objectContaining({ id: 'practice' }))
    const doctor = await understudy(home, 'doctor', '--json')
    expect(doctor.code).toBe(0)
    expect(JSON.parse(doctor.stdout)).toMatchObject({ ready: true, library: { path: home, writable: true } })
    expect(filesIn(home)).toEqual([])
  })
})
