import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { createSupportPack } from '../../../../src/main/takes/support/support-pack.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { aTake, fakeMedia, openLibrary, takeId } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { json } from '../../../support/servers/scripted-server.ts'

const stage = libraryStage()

const planted = {
  key: 'canary-key',
  secretKey: 'bucket-Secret/key+99',
  signature: 'X-Amz-Signature',
  token: 'eyJhbGciOiJIUzI1NiJ9.planted.token',
  user: 'annette',
} as const

/**
 * A finished take in whose way everything private was repeated by somebody. `earlier`: where an attempt before it was to
 * be saved, and failed.
 */
async function packed(earlier: string | null = null) {
  const home = join(stage.folder, 'home', planted.user)
  mkdirSync(home, { recursive: true })
  const echo = { key: planted.key, auth: `Bearer ${planted.token}`, path: `${home}/dance.mp4` }
  const { origin } = await stage.provider({
    status: (response, nth) => {
      if (nth > 1) return false
      json(response, 500, { code: 5000, message: 'busy', request_id: 'req-77', echo })
      return true
    },
  })
  const bench = openLibrary({ folder: home, origin })
  stage.bench = bench
  const link = `https://files.example/clip.mp4?${planted.signature}=abcdef`
  const take = aTake(home)
  await bench.library.submit({
    ...take,
    settings: {
      ...take.settings,
      prompt: `as in ${home}/a.txt by ${planted.user}, ${planted.secretKey}, ${link}`,
    },
  })
  await bench.until(takeId, 'DONE')
  const { supportPack } = createSupportPack({
    library: bench.library,
    folder: join(home, 'library'),
    journal: {
      attempts: (id) => {
        const [newest, ...others] = bench.journal.attempts(id)
        if (newest === undefined || earlier === null) return bench.journal.attempts(id)
        const problem = { code: 'folder-unwritable', message: `${earlier} can’t be written.` } as const
        return [{ ...newest, resultFolder: earlier, problem }, { ...newest, number: 2 }, ...others]
      },
    },
    media: {
      ...fakeMedia(),
      frameTimes: () => Promise.resolve(ok([0, 1, 2])),
      strip: (_path, _facts, { times }, onPicture) => {
        for (const at of times) onPicture(at, new TextEncoder().encode(`picture at ${String(at)}`))
        return Promise.resolve(ok(null))
      },
    },
    motion: () => Promise.resolve(fail('tool-failed', `ffmpeg failed at ${home}/library/clip.mp4.`)),
    trackFile: () => () => undefined,
    personal: {
      secrets: () => Promise.resolve([planted.key, planted.secretKey, planted.token]),
      homeFolder: home,
      userName: planted.user,
    },
    clock: { now: () => Date.parse('2026-11-20T13:00:00Z') },
  })
  return { supportPack, home, target: join(home, 'support.zip') }
}

it('says what was asked, sent and answered, and shows frames of both videos', async () => {
  const { supportPack, target } = await packed()
  const written = await supportPack(takeId, target)
  expect(written).toMatchObject({ ok: true, value: { path: target } })
  const files = unzipSync(readFileSync(target))
  const names = Object.keys(files)
  expect(names.slice(0, 4)).toEqual(['summary.txt', 'requests.json', 'hashes.txt', 'take.json'])
  expect(names.filter((name) => name.startsWith('frames/')).length).toBe(6)
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  expect(text('summary.txt')).toMatch(/Task id: task-1/)
  expect(text('summary.txt')).toMatch(/The motion of the result wasn’t compared/)
  expect(text('hashes.txt')).toMatch(/^result: [0-9a-f]{64}, \d+ bytes$/m)
  const [attempt] = JSON.parse(text('requests.json')) as { exchanges: Record<string, unknown>[] }[]
  expect(
    attempt?.exchanges.map((one) => [one['kind'], (one['answer'] as { status: number }).status]),
  ).toEqual([
    ['submit', 200],
    ['question', 500],
    ['question', 200],
  ])
  expect(text('requests.json')).toContain('req-77')
})

it('has no key, token, signature, home folder or user name in any byte', async () => {
  const { supportPack, home, target } = await packed()
  await supportPack(takeId, target)
  const archive = readFileSync(target)
  const files = Object.entries(unzipSync(archive))
  const whole = [archive.toString('latin1'), ...files.map(([name, bytes]) => name + strFromU8(bytes, true))]
  for (const secret of [...Object.values(planted), home, 'abcdef'])
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      for (const bytes of whole) expect(bytes.toLowerCase()).not.toContain(form.toLowerCase())
  // What is kept beside the take has no key either, before any pack is made.
  const kept = readFileSync(join(home, 'library', takeId, 'requests.json'), 'utf8')
  for (const secret of [planted.key, planted.signature, 'abcdef', 'Bearer canary'])
    expect(kept).not.toContain(secret)
})

it('has no folder that was chosen for an earlier attempt', async () => {
  const chosen = join('/media', 'For Some Client')
  const { supportPack, target } = await packed(chosen)
  await supportPack(takeId, target)
  const summary = strFromU8(unzipSync(readFileSync(target))['summary.txt'] ?? new Uint8Array())
  expect(summary).toContain('can’t be written.')
  expect(summary).not.toContain(chosen)
})

it('never replaces a file, and leaves nothing half-written', async () => {
  const { supportPack, home, target } = await packed()
  writeFileSync(target, 'mine')
  expect(await supportPack(takeId, target)).toMatchObject({ ok: false })
  expect(readFileSync(target, 'utf8')).toBe('mine')
  expect(await supportPack(takeId, join(home, 'nowhere', 'a.zip'))).toMatchObject({ ok: false })
  expect(await supportPack(takeId, join(home, 'a.txt'))).toMatchObject({
    ok: false,
    problem: { code: 'usage' },
  })
  expect(readdirSync(home).filter((name) => name.includes('.part'))).toEqual([])
})
