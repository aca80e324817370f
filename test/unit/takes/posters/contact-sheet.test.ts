import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createContactSheet } from '../../../../src/main/takes/posters/contact-sheet.ts'
import { unmarked } from '../../../../src/shared/domain/marks.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { aCharacter } from '../../../support/clips/facts.ts'
import { valueOf } from '../../../support/clips/media-kit.ts'
import { fullAttempt } from '../../../support/library/an-attempt.ts'
import { anOrder } from '../../../support/library/an-order.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-sheet-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const colour = (background: string) =>
  sharp({ create: { width: 30, height: 60, channels: 3, background } })
    .webp({ lossless: true })
    .toBuffer()

/** The posters of these takes by colour; the character of any other take is blue. */
async function stage(posters: Readonly<Record<string, string>> = {}) {
  for (const [id, background] of Object.entries(posters))
    writeFileSync(join(folder, `${id}.webp`), await colour(background))
  const blue = await colour('#0000ff')
  return createContactSheet({
    library: {
      record: (id) =>
        id === 'unknown'
          ? fail('not-found', 'There is no such take.')
          : ok({ order: anOrder({ id }), attempt: fullAttempt({ take: id }) }),
    },
    catalogue: {
      marksOf: (ids) => new Map(ids?.map((take) => [take, { ...unmarked, take, number: 8, boards: [] }])),
    },
    posters: { posterFile: (id) => Promise.resolve(id in posters ? join(folder, `${id}.webp`) : null) },
    media: {
      inspect: () => Promise.resolve(ok(aCharacter())),
      picture: () => Promise.resolve(ok(blue)),
    },
    trackFile: () => () => undefined,
  })
}

const target = () => join(folder, 'sheet.png')

/** The colour in the middle of the picture of a cell. */
async function colourAt(column: number, row: number): Promise<readonly number[]> {
  const area = { left: 24 + column * 324 + 150, top: 24 + row * 388 + 150, width: 1, height: 1 }
  return [...(await sharp(target()).extract(area).removeAlpha().raw().toBuffer())]
}

describe('a contact sheet', () => {
  it('shows the takes in the order they were named: their posters, else their characters', async () => {
    const save = await stage({ red: '#ff0000', green: '#00ff00' })
    const { path, bytes } = valueOf(await save(['green', 'none', 'red'], target()))
    expect([path, bytes]).toEqual([target(), readFileSync(target()).length])
    expect(await colourAt(0, 0)).toEqual([0, 255, 0])
    expect(await colourAt(1, 0)).toEqual([0, 0, 255])
    expect(await colourAt(0, 1)).toEqual([255, 0, 0])
  })

  it('is legible: below each picture there is writing in the colours of the sheet', async () => {
    valueOf(await (await stage())(['a'], target()))
    const words = await sharp(target())
      .extract({ left: 24, top: 324, width: 300, height: 64 })
      .png()
      .toBuffer()
    const { channels } = await sharp(words).stats()
    expect(channels[0]?.min).toBeLessThan(40)
    expect(channels[0]?.max).toBeGreaterThan(230)
  })

  it('never replaces a file, and leaves nothing unfinished', async () => {
    const save = await stage()
    writeFileSync(target(), 'mine')
    expect(await save(['a'], target())).toMatchObject({ ok: false, problem: { code: 'file-exists' } })
    expect(readFileSync(target(), 'utf8')).toBe('mine')
    expect(readdirSync(folder)).toEqual(['sheet.png'])
  })

  it.each([
    [[], 'sheet.png', 'at least one'],
    [Array.from({ length: 201 }, () => 'a'), 'sheet.png', '201 takes are too many'],
    [['a'], 'sheet.jpg', 'PNG'],
    [['a', 'unknown'], 'sheet.png', 'no such take'],
  ])('of %j as %s is refused, and nothing is written', async (ids, name, reason) => {
    const saved = await (await stage())(ids, join(folder, name))
    expect(saved.ok ? '' : saved.problem.message).toContain(reason)
    expect(readdirSync(folder)).toEqual([])
  })

  it('stops when nobody waits for it any more', async () => {
    const saved = await (await stage())(['a'], target(), { signal: AbortSignal.abort() })
    expect(saved).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    expect(existsSync(target())).toBe(false)
  })
})
