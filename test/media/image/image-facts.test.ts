import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import { profileName } from '../../../src/main/media/image/header.ts'
import { bitmap } from '../../support/clips/bitmaps.ts'
import { heicFile } from '../../support/clips/heic.ts'
import { characterFacts, createWorkbench, problemOf, type Workbench } from '../../support/clips/media-kit.ts'
import { quadrants, save, turnedPicture, usualSize, withChunk } from '../../support/clips/quadrants.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const facts = (path: string) => characterFacts(bench.mediaTools, path)
const oriented = [1, 2, 3, 4, 5, 6, 7, 8]

describe('the size of a picture is the one it is shown with', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)('for every orientation a %s can note', async (format) => {
    for (const orientation of oriented)
      expect(await facts(await turnedPicture(bench.folder, orientation, format))).toMatchObject({
        format,
        orientation,
        ...usualSize,
      })
  })

  it('for a HEIC that is to be turned, and for one made of tiles', async () => {
    const tiles = [['red', 'green', 'blue']] as const
    expect(await facts(await heicFile(bench.folder, 'wide.heic', { tiles }))).toMatchObject({
      format: 'heic',
      width: 192,
      height: 64,
      orientation: 1,
    })
    expect(await facts(await heicFile(bench.folder, 'tall.heic', { tiles, turns: 1 }))).toMatchObject({
      width: 64,
      height: 192,
    })
  })

  it('for a bitmap whose rows stand either way round', async () => {
    for (const topDown of [false, true])
      expect(await facts(await bitmap(bench.folder, 'rows.bmp', { topDown }))).toMatchObject({
        format: 'bmp',
        ...usualSize,
      })
  })
})

describe('the kind of a picture is told by its content', () => {
  it('despite its name', async () => {
    const heic = await heicFile(bench.folder, 'named.heic', { tiles: [['red']] })
    const bmp = await bitmap(bench.folder, 'named.bmp')
    const png = await save(bench.folder, 'named.png', quadrants().png())
    const sources = { heic, bmp, png }
    for (const [format, source] of Object.entries(sources)) {
      const path = join(bench.folder, `called-${format}.jpg`)
      await copyFile(source, path)
      expect(await facts(path)).toMatchObject({ format })
    }
  })

  it('an AVIF in a container of the general brand is an AVIF', async () => {
    const avif = await quadrants().avif({ effort: 0 }).toBuffer()
    // The brands are "avif" first, then others; without any of them only the coded picture tells.
    const bland = Buffer.from(avif.toString('latin1').replaceAll('avif', 'mif1'), 'latin1')
    const path = join(bench.folder, 'bland.avif')
    await writeFile(path, bland)
    expect(await facts(path)).toMatchObject({ format: 'avif', ...usualSize })
  })
})

describe('the colour profile', () => {
  const shown = async (picture: Sharp, name: string) =>
    (await facts(await save(bench.folder, name, picture))).colourProfile

  it('is named as it names itself', async () => {
    expect(await shown(quadrants().withIccProfile('p3').jpeg(), 'p3.jpg')).toBe('sP3C')
    expect(await shown(quadrants().withIccProfile('srgb').webp(), 'srgb.webp')).toBe('sRGB')
    expect(await shown(quadrants().toColourspace('cmyk').withIccProfile('cmyk').jpeg(), 'c.jpg')).toBe(
      'Chemical proof',
    )
  })

  it('is read from a HEIC, too', async () => {
    const { icc } = await sharp(await quadrants().withIccProfile('p3').png().toBuffer()).metadata()
    const path = await heicFile(bench.folder, 'p3.heic', { tiles: [['red']], ...(icc && { profile: icc }) })
    expect((await facts(path)).colourProfile).toBe('sP3C')
  })

  it('is null where there is none', async () => {
    expect(await shown(quadrants().jpeg(), 'plain.jpg')).toBeNull()
    expect((await facts(await bitmap(bench.folder, 'plain.bmp'))).colourProfile).toBeNull()
  })

  it('has no name where it makes no sense, and never a long or unprintable one', async () => {
    expect(profileName(Buffer.from('no profile at all'))).toBeNull()
    expect(profileName(new Uint8Array(132).fill(255))).toBeNull()
    const { icc } = await sharp(await quadrants().withIccProfile('cmyk').jpeg().toBuffer()).metadata()
    for (let at = 0; icc && at < 1200; at += 7) {
      const bent = Uint8Array.from(icc)
      bent[at] = (bent[at] ?? 0) ^ 0xff
      const name = profileName(bent)
      expect(name === null || (name.length <= 80 && !/\p{C}/u.test(name))).toBe(true)
    }
  })
})

describe('what else is told of a picture', () => {
  it('is whether it moves, in every format that can', async () => {
    const frames = [quadrants(), quadrants().negate()].map((frame) => frame.png().toBuffer())
    const moving = () => Promise.all(frames).then((all) => sharp(all, { join: { animated: true } }))
    const still = await save(bench.folder, 'still.png', quadrants().png())
    const apng = join(bench.folder, 'moving.png')
    await withChunk(still, apng, 'acTL', Buffer.from('0000000200000000', 'hex'))
    expect(await facts(await save(bench.folder, 'moving.gif', (await moving()).gif()))).toMatchObject({
      animated: true,
      ...usualSize,
    })
    expect(await facts(await save(bench.folder, 'moving.webp', (await moving()).webp()))).toMatchObject({
      animated: true,
      ...usualSize,
    })
    expect(await facts(apng)).toMatchObject({ animated: true, ...usualSize })
    expect(await facts(still)).toMatchObject({ animated: false })
    expect(await facts(await save(bench.folder, 'pages.tiff', (await moving()).tiff()))).toMatchObject({
      animated: false,
      ...usualSize,
    })
  })

  it('is whether parts of it can be see-through', async () => {
    const clear = quadrants().ensureAlpha(0.5)
    expect(await facts(await save(bench.folder, 'clear.webp', clear.clone().webp()))).toMatchObject({
      alpha: true,
    })
    expect(
      await facts(await save(bench.folder, 'clear.avif', clear.clone().avif({ effort: 0 }))),
    ).toMatchObject({
      alpha: true,
    })
    expect(await facts(await bitmap(bench.folder, 'clear.bmp', { depth: 32 }))).toMatchObject({ alpha: true })
    expect(await facts(await bitmap(bench.folder, 'solid.bmp'))).toMatchObject({ alpha: false })
  })

  it('is its size in bytes', async () => {
    const path = await save(bench.folder, 'bytes.png', quadrants().png())
    expect((await facts(path)).bytes).toBe((await readFile(path)).length)
  })
})

describe('a name full of traps', () => {
  const names = [
    'a[page=1].png',
    '100%d %s.png',
    "it's “quoted”.png",
    'two\nlines.png',
    '-rf.png',
    '🦊 fox.png',
    'x'.repeat(240) + '.png',
  ]

  it.skipIf(process.platform === 'win32')('is a name like any other', async () => {
    const source = await save(bench.folder, 'ordinary.png', quadrants().png())
    const heic = await heicFile(bench.folder, 'ordinary.heic', { tiles: [['red']] })
    const bmp = await bitmap(bench.folder, 'ordinary.bmp')
    for (const name of names)
      for (const from of [source, heic, bmp]) {
        const path = join(bench.folder, name)
        await copyFile(from, path)
        expect((await facts(path)).width).toBe((await facts(from)).width)
      }
  })
})

describe('a picture that is none', () => {
  it('although it starts like one is refused by its name', async () => {
    const starts = {
      jpeg: 'ffd8ffe000104a464946',
      png: '89504e470d0a1a0a0000000d49484452',
      gif: '474946383961',
      tiff: '49492a00ffffffff',
      webp: '52494646ffffffff57454250',
      bmp: '424d0000000000000000000000000000',
      heic: '0000001c667479706865696300000000',
      avif: '0000001c667479706176696600000000',
    }
    for (const [format, start] of Object.entries(starts)) {
      const path = join(bench.folder, `start.${format}`)
      await writeFile(path, Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(400, 0x41)]))
      const problem = problemOf(await inspect(bench.mediaTools, path))
      expect([format, ['file-damaged', 'not-an-image', 'input-refused'].includes(problem.code)]).toEqual([
        format,
        true,
      ])
      expect(problem.message).toContain(`start.${format}`)
    }
  })
})
