import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filmDancer, makeDance, type Dancer } from '../support/clips/dances.ts'
import { buildCommandLine, filesIn, understudy, workplace } from '../support/processes/command-line.ts'
import { filmed } from '../support/sound/filmed-sounds.ts'
import { part, speech } from '../support/sound/made-sounds.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-sync-'))
let reference = ''
const voice = speech(6, 5)
beforeAll(async () => {
  await buildCommandLine()
  reference = await filmed(media, 'reference.mp4', voice)
})
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

const sync = (home: string, result: string, ...more: string[]) =>
  understudy(home, 'sync', '--reference', reference, '--result', result, ...more)

test('sync says by how much a result has the same sound earlier, and leaves nothing behind', async () => {
  const { home } = workplace(media)
  const result = await filmed(media, 'result.mp4', part(voice, 0.733, 4))
  const before = filesIn(media)
  const { code, stdout, stderr } = await sync(home, result, '--json')
  expect([code, stderr]).toEqual([0, ''])
  const found = JSON.parse(stdout)
  expect(found).toMatchObject({ verdict: 'sure', by: 'sound', slope: 0, motion: { verdict: 'none' } })
  expect(Math.abs(found.offset - 0.733)).toBeLessThanOrEqual(0.005)
  expect(found.candidates).toEqual([{ offset: found.offset, by: 'sound' }])
  expect(found.sound).toMatchObject({ verdict: 'sure', soundless: null })
  expect(filesIn(home)).toEqual([])
  expect(filesIn(media)).toEqual(before)
  const inWords = await sync(home, result, '--by', 'sound')
  expect([inWords.code, inWords.stderr]).toEqual([0, ''])
  expect(inWords.stdout).toBe(
    'Move the result 0.733 s later.\nFound by sound.\nUse it with: understudy compare --offset 0.733\n',
  )
})

test('sync goes by motion where a video has no sound', async () => {
  const { home } = workplace(media)
  const dance = makeDance(11, 12)
  const person: Dancer = { width: 192, height: 108, size: 0.8, skin: 190, ground: 70, rate: 30, seconds: 7 }
  const robot: Dancer = { width: 108, height: 192, size: 0.5, skin: 40, ground: 150, rate: 24, seconds: 7 }
  const one = await filmDancer(media, 'person.mp4', dance, person)
  const other = await filmDancer(media, 'robot.mp4', dance, { ...robot, from: -0.6 })
  const { code, stdout } = await understudy(home, 'sync', '--reference', one, '--result', other, '--json')
  const found = JSON.parse(stdout)
  expect([code, found]).toMatchObject([
    0,
    {
      ...{ verdict: 'sure', by: 'motion', slope: 0 },
      sound: { verdict: 'none', offset: null, soundless: { side: 'reference', why: 'no-sound' } },
      motion: { verdict: 'sure' },
    },
  ])
  expect(Math.abs(found.offset - -0.6)).toBeLessThanOrEqual(1 / 24)
})

test('sync answers that two strangers have no offset, and fails only where a file can’t be read', async () => {
  const { home } = workplace(media)
  const stranger = await filmed(media, 'stranger.mp4', speech(4, 99))
  const { code, stdout, stderr } = await sync(home, stranger)
  expect([code, stdout, stderr]).toEqual([0, 'No offset found. Set it by hand.\n', ''])
  const wav = await sync(home, `${reference}.wav`, '--json')
  expect([wav.code, wav.stdout]).toEqual([4, ''])
  const missing = await sync(home, join(media, 'nowhere.mp4'))
  expect([missing.code, missing.stdout]).toEqual([4, ''])
})
