import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBallast } from '../../../src/main/takes/journal/ballast.ts'
import { MiB } from '../../../src/shared/units.ts'

let folder: string
let path: string
const said: string[] = []
const log = (line: string) => said.push(line)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-ballast-'))
  path = join(folder, 'studio.db.ballast')
  said.length = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('the room that is kept', () => {
  it('is four MiB that really lie on the disk', () => {
    expect(createBallast(path, log).stands()).toBe(true)
    const { size, blocks } = statSync(path)
    expect(size).toBe(4 * MiB)
    expect(blocks * 512).toBeGreaterThanOrEqual(4 * MiB)
    expect(readdirSync(folder)).toEqual(['studio.db.ballast'])
  })

  it('is given back once, and made anew by whoever asks next', () => {
    const ballast = createBallast(path, log)
    expect(ballast.drop()).toBe(false)
    expect(ballast.stands()).toBe(true)
    expect(ballast.drop()).toBe(true)
    expect(existsSync(path)).toBe(false)
    expect(ballast.drop()).toBe(false)
    expect(ballast.stands()).toBe(true)
    expect(existsSync(path)).toBe(true)
  })

  it('is found by the next process, and one that was cut off is made anew', () => {
    createBallast(path, log).stands()
    const { ino } = statSync(path)
    expect(createBallast(path, log).stands()).toBe(true)
    expect(statSync(path).ino).toBe(ino)
    truncateSync(path, MiB)
    expect(createBallast(path, log).stands()).toBe(true)
    expect(statSync(path).size).toBe(4 * MiB)
  })

  it('does without where the folder is gone, and says so', () => {
    const ballast = createBallast(join(folder, 'gone', 'ballast'), log)
    expect(ballast.stands()).toBe(false)
    expect(said).toHaveLength(1)
    expect(ballast.isDiskFull()).toBe(false)
  })

  it('knows a disk that takes more, and leaves nothing there', () => {
    writeFileSync(path, '')
    expect(createBallast(path, log).isDiskFull()).toBe(false)
    expect(readdirSync(folder)).toEqual(['studio.db.ballast'])
  })
})
