import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  blink,
  emptyFile,
  landscape,
  m3u8AsClip,
  pageAsClip,
  playlistAsClip,
  short,
  soundOnly,
  textAsClip,
  textAsImage,
  truncatedClip,
  zeros,
} from '../support/clips/clips.ts'
import {
  buildCommandLine,
  filesIn,
  practiceTasks,
  understudy,
  workplace,
} from '../support/processes/command-line.ts'
import { jpeg, tiny } from '../support/clips/pictures.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-refused-'))
const missing = join(media, 'missing.mp4')
const folder = join(media, 'folder.mp4')
const locked = join(media, 'locked.jpg')
let character = ''
let clip = ''

beforeAll(async () => {
  await buildCommandLine()
  character = await jpeg(media)
  clip = await landscape(media)
  mkdirSync(folder)
  writeFileSync(locked, 'nobody may read this')
  chmodSync(locked, 0o000)
})
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

/** Root reads everything, whatever a file's mode says. */
const isRoot = process.getuid?.() === 0

type Bad = {
  readonly character?: () => string | Promise<string>
  readonly clip?: () => string | Promise<string>
}

const rows: readonly (readonly [string, Bad])[] = [
  ['text named .mp4 as the clip', { clip: () => textAsClip(media) }],
  ['a web page named .mp4 as the clip', { clip: () => pageAsClip(media) }],
  ['a playlist that names another file as the clip', { clip: () => playlistAsClip(media) }],
  ['a stream list as the clip', { clip: () => m3u8AsClip(media) }],
  ['a file of zeros as the clip', { clip: () => zeros(media) }],
  ['an empty file as the clip', { clip: () => emptyFile(media) }],
  ['a missing file as the clip', { clip: () => missing }],
  ['a folder as the clip', { clip: () => folder }],
  ['a sound file as the clip', { clip: () => soundOnly(media) }],
  ['a clip that was cut off', { clip: () => truncatedClip(media) }],
  ['a clip of half a second', { clip: () => blink(media) }],
  ['an image as the clip', { clip: () => character }],
  ['text named .png as the character', { character: () => textAsImage(media) }],
  ['an empty file as the character', { character: () => emptyFile(media) }],
  ['a missing file as the character', { character: () => missing }],
  ['a folder as the character', { character: () => folder }],
  ['a video as the character', { character: () => clip }],
  ['an image of 60 px as the character', { character: () => tiny(media) }],
  ...(isRoot ? [] : ([['a file nobody may read', { character: () => locked }]] as const)),
]

describe('bad input is refused with exit 4 and a plain sentence; nothing is sent, nothing left behind', () => {
  it.each(rows)('%s', async (_what, bad) => {
    const { home, out } = workplace(media)
    const inputs = [
      '--character',
      (await bad.character?.()) ?? character,
      '--clip',
      (await bad.clip?.()) ?? clip,
    ]
    const ended = await understudy(home, 'generate', ...inputs, '--out', out, '--yes', '--json')
    expect(ended.stderr).toMatch(/^[“A-Za-z-][^\n]+[.!]\n/)
    expect(ended.stderr).not.toMatch(/\n {4}at |Error:/)
    expect(ended.code).toBe(4)
    expect(ended.stdout).toBe('')
    expect(filesIn(out)).toEqual([])
    expect(filesIn(home).filter((name) => !/^(studio\.db.*|settings\.json)$/.test(name))).toEqual([])
    expect(practiceTasks(home)).toEqual([])
  })
})

describe('a mistake on the command line is exit 2 and opens no library', () => {
  it.each([
    [
      'two images and no clip',
      () => ['generate', '--character', character, '--character', character, '--out', 'x'],
    ],
    ['no clip', () => ['generate', '--character', character, '--out', 'x', '--yes']],
    [
      'a number that is none',
      () => ['generate', '--character', character, '--clip', clip, '--out', 'x', '--in', 'b'],
    ],
    ['an unknown option', () => ['check', '--fast']],
    ['an unknown command', () => ['acounts', 'list']],
    ['an address without https', () => ['check', '--base-url', 'http://example.com']],
    ['nothing at all', () => []],
  ])('%s', async (_what, argv) => {
    const { home } = workplace(media)
    const { code, stdout, stderr } = await understudy(home, ...argv())
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^[^\n]+\.\n$|^[^\n]+\?\n$/)
    expect(filesIn(home)).toEqual([])
  })
})

describe('what the user must decide first is exit 3', () => {
  it('whether and how a clip of 2 s is lengthened; the sentence names the options', async () => {
    const { home, out } = workplace(media)
    const inputs = ['--character', character, '--clip', await short(media)]
    const ended = await understudy(home, 'generate', ...inputs, '--out', out, '--yes', '--json')
    expect([ended.code, ended.stdout]).toEqual([3, ''])
    for (const way of ['slow-down', 'boomerang', 'loop']) expect(ended.stderr).toContain(`--short ${way}`)
    expect([filesIn(out), practiceTasks(home)]).toEqual([[], []])
  })

  it('a length below what the provider takes', async () => {
    const { home, out } = workplace(media)
    const inputs = ['--character', character, '--clip', clip, '--length', '2']
    const { code, stdout } = await understudy(home, 'generate', ...inputs, '--out', out, '--yes', '--json')
    expect([code, stdout]).toEqual([3, ''])
    expect(practiceTasks(home)).toEqual([])
  })

  it('the cost of a paid take, where there is nobody to ask', async () => {
    const { home, out } = workplace(media)
    const inputs = ['--character', character, '--clip', clip, '--out', out]
    const paid = [
      '--provider',
      'kling',
      '--base-url',
      'http://127.0.0.1:9',
      '--clip-url',
      'https://example.com/c.mp4',
    ]
    const { code, stdout, stderr } = await understudy(home, 'generate', ...inputs, ...paid, '--json')
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('USD')
    expect(filesIn(out)).toEqual([])
  })
})
