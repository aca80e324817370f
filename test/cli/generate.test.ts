import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hevcClip, landscape, portrait, rotated, silent, variableRate } from '../support/clips/clips.ts'
import {
  buildCommandLine,
  filesIn,
  practiceTasks,
  statesIn,
  understudy,
  workplace,
} from '../support/processes/command-line.ts'
import { exifRotated, jpeg, png } from '../support/clips/pictures.ts'
import { ffmpeg, ffprobe } from '../support/processes/tools.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-generate-'))
beforeAll(buildCommandLine)
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

const small = { width: 480, height: 640 }
const photo = (folder: string) => jpeg(folder, small)
const drawing = (folder: string) => png(folder, small)

const sizeOf = async (path: string) => {
  const shown = await ffprobe(
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=width,height',
    '-of',
    'csv=p=0',
    path,
  )
  return shown.trim().split(',').map(Number) as [number, number]
}

/** Far beyond what any of this takes; a machine under load must not decide a test. */
const patient = { timeout: 300_000 }

describe('generate takes real photos and phone videos to a finished video', patient, () => {
  it.concurrent.each([
    ['a landscape clip', landscape, photo],
    ['a portrait clip', portrait, drawing],
    ['a clip that a phone stored lying', rotated, exifRotated],
    ['an HEVC clip', hevcClip, photo],
    ['a clip with a variable frame rate', variableRate, photo],
    ['a silent clip', silent, photo],
  ])('%s', async (_what, clip, character) => {
    const { home, out } = workplace(media)
    const inputs = ['--character', await character(media), '--clip', await clip(media)]
    const ended = await understudy(
      home,
      ...['generate', ...inputs, '--orientation', 'image', '--out', out, '--yes', '--json'],
    )

    expect(ended.stderr).toBe('')
    expect(ended.code).toBe(0)
    const announced = statesIn(ended.lines)
    expect(announced.filter((state) => /^(INTENT|WIRE|ACKED|DONE)$/.test(state))).toEqual([
      'INTENT',
      'WIRE',
      'ACKED',
      'DONE',
    ])

    const done = ended.lines.at(-1) as unknown as {
      readonly event: string
      readonly take: {
        readonly id: string
        readonly state: string
        readonly result: { readonly path: string; readonly bytes: number; readonly sha256: string }
      }
    }
    expect(done).toMatchObject({ event: 'done', take: { state: 'DONE' } })
    const { id, result } = done.take
    const written = readFileSync(result.path)
    expect(result.path.startsWith(out)).toBe(true)
    expect(written.length).toBe(result.bytes)
    expect(createHash('sha256').update(written).digest('hex')).toBe(result.sha256)
    // Decodes every frame; throws at the first that is damaged.
    await ffmpeg('-xerror', '-i', result.path, '-f', 'null', '-')
    const [width, height] = await sizeOf(result.path)
    expect(Math.min(width, height)).toBeGreaterThan(0)

    expect(filesIn(join(home, 'library', id))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^character\./),
        'clip.mp4',
        'motion.json',
        'poster.json',
        'poster.webp',
        'result.mp4',
        'take.json',
      ]),
    )
    expect(JSON.parse(readFileSync(join(home, 'library', id, 'take.json'), 'utf8'))).toMatchObject({
      id,
      state: 'DONE',
    })
    expect(practiceTasks(home)).toHaveLength(1)

    const listed = await understudy(home, 'takes', 'list', '--json')
    expect(JSON.parse(listed.stdout)).toEqual([
      expect.objectContaining({ id, state: 'DONE', provider: 'practice', result: expect.any(Object) }),
    ])
  })
})
