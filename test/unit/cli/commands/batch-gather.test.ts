import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gather } from '../../../../src/main/cli/commands/batch-files.ts'
import { pair } from '../../../../src/shared/domain/batch.ts'
import { temporaryFolder } from '../session.ts'

const video = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0isommp42', 'latin1')
const picture = Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1')

/** A folder as it comes from a phone, with what else lies in such folders. */
function shoot() {
  const root = temporaryFolder()
  const folder = join(root, 'shoot [1]')
  mkdirSync(join(folder, 'day 2', '.trash'), { recursive: true })
  mkdirSync(join(folder, 'prepared'))
  for (const name of [
    'clip 10.mp4',
    'clip 2.MP4',
    'no ending',
    '.hidden.mp4',
    'day 2/late.mov',
    'day 2/.trash/gone.mp4',
  ])
    writeFileSync(join(folder, name), video)
  for (const name of ['certificate.json', 'clip.mp4']) writeFileSync(join(folder, 'prepared', name), video)
  writeFileSync(join(folder, 'hero.jpg'), picture)
  writeFileSync(join(folder, 'liar.mp4'), '#EXTM3U\nhttp://example.com')
  writeFileSync(join(folder, 'empty.mp4'), '')
  symlinkSync(join(folder, 'clip 2.MP4'), join(folder, 'zz again.mp4'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.mp4'))
  symlinkSync(root, join(folder, 'round'))
  return { root, folder }
}

const clips = (root: string, given: readonly string[], recursive = false) =>
  gather(given, { kind: 'clip', recursive, out: join(root, 'out') }).then((found) => {
    if (!found.ok) throw new Error(found.problem.message)
    return {
      files: found.value.files.map((path) => relative(root, path)),
      skipped: Object.fromEntries(found.value.skipped.map(({ path, reason }) => [basename(path), reason])),
    }
  })

describe('a folder on the command line', () => {
  it('stands for the clips right in it by their content, in natural order and each once', async () => {
    const { root, folder } = shoot()
    const { files } = await clips(root, [folder])
    expect(files.map((path) => basename(path))).toEqual(['clip 2.MP4', 'clip 10.mp4', 'no ending'])
  })

  it('says why it leaves out what is no clip, and is silent about what is hidden', async () => {
    const { root, folder } = shoot()
    const { skipped } = await clips(root, [folder])
    expect(Object.keys(skipped).sort()).toEqual(['broken.mp4', 'empty.mp4', 'hero.jpg', 'liar.mp4'])
    expect(skipped['hero.jpg']).toBe('It’s an image, not a video.')
    expect(skipped['empty.mp4']).toContain('is empty')
  })

  it('goes deeper only when asked, and never into links, hidden folders and what was prepared', async () => {
    const { root, folder } = shoot()
    const { files, skipped } = await clips(root, [folder], true)
    expect(files.map((path) => basename(path))).toEqual([
      'clip 2.MP4',
      'clip 10.mp4',
      'late.mov',
      'no ending',
    ])
    expect(skipped['round']).toContain('link to a folder')
  })
})

describe('a pattern on the command line', () => {
  it('is matched by us, below a folder whose own name looks like a pattern', async () => {
    const { root, folder } = shoot()
    expect((await clips(root, [join(folder, 'clip*.mp4')])).files.map((path) => basename(path))).toEqual([
      'clip 10.mp4',
    ])
    expect((await clips(root, [join(folder, '**', '*.mov')])).files.map((path) => basename(path))).toEqual([
      'late.mov',
    ])
    expect((await clips(root, [join(folder, '*.{mp4,MP4}')])).files).toHaveLength(2)
  })

  it('says when nothing fits', async () => {
    const { root, folder } = shoot()
    expect(await clips(root, [join(folder, '*.webm')])).toMatchObject({
      files: [],
      skipped: { '*.webm': 'No files found.' },
    })
  })
})

it('a file that is named itself is taken as it is, so that its problem is told', async () => {
  const { root, folder } = shoot()
  const { files } = await clips(root, [join(folder, 'liar.mp4'), join(folder, 'missing.mp4')])
  expect(files.map((path) => basename(path))).toEqual(['liar.mp4', 'missing.mp4'])
})

describe('what is prepared together', () => {
  it.each([
    [['h'], ['a', 'b'], ['h+a', 'h+b']],
    [['h', 'i'], ['a'], ['h+a', 'i+a']],
    [[], ['a', 'b'], ['-+a', '-+b']],
    [['h', 'i'], [], ['h+-', 'i+-']],
    [
      ['h', 'i'],
      ['a', 'b'],
      ['h+-', 'i+-', '-+a', '-+b'],
    ],
    [['h'], ['a'], ['h+a']],
    [[], [], []],
  ])('of %j and %j is %j', (characters, videos, expected) => {
    expect(
      pair(characters, videos).map(({ character, clip }) => `${character ?? '-'}+${clip ?? '-'}`),
    ).toEqual(expected)
  })
})
