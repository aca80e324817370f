import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createIntake, intakeProblem } from '../../../src/main/files/intake.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function* pieces(...texts: string[]) {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text))
}

async function* breaksAfter(text: string, code: string) {
  yield* pieces(text)
  throw Object.assign(new Error(code), { code })
}

async function anIntake(limit = 100) {
  const folder = join(await temporaryFolder(), 'dropped')
  const fileTokens = createFileTokens({ mediaBase: '/media/' })
  const left = () => readdir(folder, { recursive: true }).catch(() => [])
  return { folder, fileTokens, left, ...createIntake({ folder, fileTokens, limit }) }
}

describe('taking in a dropped file', () => {
  it('writes it into a folder that only this user may enter, and calls it by its name', async () => {
    const { take, fileTokens, folder } = await anIntake()
    const taken = await take({ name: 'dance.mp4', bytes: 11, content: pieces('hello ', 'world') })
    expect(taken).toMatchObject({ ok: true, value: { name: 'dance.mp4', bytes: 11 } })
    const path = fileTokens.path(taken.ok ? taken.value.token : '')
    expect(await readFile(path.ok ? path.value : '', 'utf8')).toBe('hello world')
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(path.ok ? path.value : '')).mode & 0o777).toBe(0o600)
  })

  it('keeps two files of one name apart', async () => {
    const { take, fileTokens } = await anIntake()
    const tokens = [
      await take({ name: 'a.png', bytes: null, content: pieces('one') }),
      await take({ name: 'a.png', bytes: null, content: pieces('two') }),
    ].map((taken) => (taken.ok ? taken.value.token : ''))
    const texts = await Promise.all(
      tokens.map(async (token) => {
        const path = fileTokens.path(token)
        return readFile(path.ok ? path.value : '', 'utf8')
      }),
    )
    expect(texts).toEqual(['one', 'two'])
  })

  it.each([
    '../../../../etc/cron.d/x.mp4',
    '/etc/passwd',
    'C:\\Windows\\x.mp4',
    '..',
    '.bashrc',
    'a\0b.mp4',
    '',
  ])('never writes outside its folder for the name %j', async (name) => {
    const { take, fileTokens, folder } = await anIntake()
    const taken = await take({ name, bytes: null, content: pieces('x') })
    const path = fileTokens.path(taken.ok ? taken.value.token : '')
    expect(path.ok && path.value.startsWith(`${folder}/`)).toBe(true)
    expect(path.ok && path.value.slice(folder.length + 1).split('/')).toHaveLength(2)
  })

  it('refuses what is announced as too large without reading it', async () => {
    const { take, left } = await anIntake()
    const untouchable: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        throw new Error('was read')
      },
    }
    const refused = await take({ name: 'big.mp4', bytes: 101, content: untouchable })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'file-too-large' } })
    expect(await left()).toEqual([])
  })

  it.each([
    ['is too large after all', pieces('x'.repeat(60), 'x'.repeat(60)), 'file-too-large'],
    ['is empty', pieces(), 'file-empty'],
    ['breaks off', breaksAfter('half', 'ECONNRESET'), 'cancelled'],
    ['finds the disk full', breaksAfter('half', 'ENOSPC'), 'disk-full'],
  ])('leaves nothing behind when it %s', async (_, content, code) => {
    const { take, left } = await anIntake()
    expect(await take({ name: 'a.mp4', bytes: null, content })).toMatchObject({
      ok: false,
      problem: { code },
    })
    expect(await left()).toEqual([])
  })

  it('names the file in what it says about a failure, and no path', () => {
    const { problem } = intakeProblem(
      'a.mp4',
      Object.assign(new Error('open /home/me/x'), { code: 'EACCES' }),
    )
    expect(problem.code).toBe('folder-unwritable')
    expect(problem.message).toContain('a.mp4')
    expect(JSON.stringify(problem)).not.toContain('/home')
  })

  it('deletes what an earlier run left, also before there ever was one', async () => {
    const { take, sweep, left, folder } = await anIntake()
    await sweep()
    await take({ name: 'a.mp4', bytes: null, content: pieces('x') })
    await writeFile(join(folder, 'stray'), 'x')
    await sweep()
    expect(await left()).toEqual([])
  })

  it('keeps the files that a take still needs', async () => {
    const { take, sweep, left, fileTokens } = await anIntake()
    const kept = await take({ name: 'kept.mp4', bytes: null, content: pieces('x') })
    await take({ name: 'idle.mp4', bytes: null, content: pieces('x') })
    if (!kept.ok) throw new Error(kept.problem.message)
    const path = fileTokens.path(kept.value.token)
    if (!path.ok) throw new Error(path.problem.message)
    await sweep(new Set([path.value]))
    expect(await readFile(path.value, 'utf8')).toBe('x')
    expect((await left()).filter((entry) => entry.endsWith('.mp4'))).toEqual([
      expect.stringContaining('kept.mp4'),
    ])
  })
})
