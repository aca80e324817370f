import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  replaceWhole,
  replaceWholeSync,
  writeJsonSync,
  writeWhole,
  writeWholeSync,
} from '../../../src/main/files/write-whole.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-whole-'))
  path = join(folder, 'kept.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const failing = () => {
  throw new Error('the disk is full')
}

const forms = [
  [
    'at once',
    async (text: string) => {
      writeWholeSync(path, text, { durable: true })
    },
    async (write: (unfinished: string) => void) => {
      replaceWholeSync(path, write)
    },
  ],
  [
    'while others work',
    (text: string) => writeWhole(path, text, { durable: true }),
    (write: (unfinished: string) => void) =>
      replaceWhole(path, async (unfinished) => {
        write(unfinished)
      }),
  ],
] as const

describe.each(forms)('a file that is written as a whole, %s', (_, write, replace) => {
  it('replaces the old one and leaves nothing beside it', async () => {
    writeFileSync(path, 'old')
    await write('new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['kept.json'])
  })

  it('is for this user alone, also where a kill left an unfinished one or a link in its place', async () => {
    const other = join(folder, 'not-mine.txt')
    writeFileSync(other, 'x')
    symlinkSync(other, `${path}.new`)
    await write('new')
    expect(readFileSync(other, 'utf8')).toBe('x')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('is the old one where the new one can’t be written, and what was begun is removed', async () => {
    writeFileSync(path, 'old')
    await expect(
      (async () =>
        replace((unfinished) => {
          writeFileSync(unfinished, 'ne')
          failing()
        }))(),
    ).rejects.toThrow('the disk is full')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['kept.json'])
  })
})

it('makes the folder of a small JSON file', () => {
  writeJsonSync(join(folder, 'a', 'b.json'), { c: 1 })
  expect(readFileSync(join(folder, 'a', 'b.json'), 'utf8')).toBe('{\n  "c": 1\n}\n')
})
