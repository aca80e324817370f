import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import type { CharacterJob } from '../../../src/main/media/media.ts'
import { prepareImage } from '../../../src/main/media/image/prepare-image.ts'
import { bitmap } from '../../support/clips/bitmaps.ts'
import { heicFile, type Tile } from '../../support/clips/heic.ts'
import {
  characterJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import {
  awayFrom,
  colourAt,
  cornersOf,
  quadrants,
  save,
  turnedPicture,
  upright,
  usualSize,
} from '../../support/clips/quadrants.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const prepare = async (source: string, change: Partial<CharacterJob> = {}) =>
  valueOf(await prepareImage(bench.mediaTools, await characterJob(bench, source, change)))

describe('a picture comes out upright', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)('from every orientation of a %s', async (format) => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { path, ...prepared } = await prepare(await turnedPicture(bench.folder, orientation, format))
      expect(prepared).toMatchObject(usualSize)
      expect([orientation, ...(await cornersOf(path))]).toEqual([orientation, ...upright])
    }
  })

  it('from a HEIC with a turn in it', async () => {
    const tiles: readonly (readonly Tile[])[] = [['red', 'green', 'blue', 'white']]
    const { path, ...size } = await prepare(await heicFile(bench.folder, 'turn.heic', { tiles, turns: 1 }))
    expect(size).toMatchObject({ width: 64, height: 256 })
    expect(await awayFrom(path, 0.5, 0.05, [255, 255, 255])).toBeLessThan(6)
    expect(await awayFrom(path, 0.5, 0.95, [255, 0, 0])).toBeLessThan(6)
  })
})

describe('a picture comes out right from', () => {
  const corners = async (source: string, change: Partial<CharacterJob> = {}) => {
    const { path, ...prepared } = await prepare(source, change)
    expect(prepared).toMatchObject(usualSize)
    return cornersOf(path)
  }

  it('every kind of JPEG, PNG, WebP, AVIF, TIFF and GIF', async () => {
    const drawn = quadrants()
    const kinds = {
      'progressive.jpg': drawn.clone().jpeg({ progressive: true }),
      'palette.png': drawn.clone().png({ palette: true }),
      'interlaced.png': drawn.clone().png({ progressive: true }),
      'deep.png': drawn.clone().toColourspace('rgb16').png(),
      'lossy.webp': drawn.clone().webp(),
      'lossless.webp': drawn.clone().webp({ lossless: true }),
      'plain.avif': drawn.clone().avif({ effort: 0 }),
      'plain.tiff': drawn.clone().tiff(),
      'deep.tiff': drawn.clone().toColourspace('rgb16').tiff({ compression: 'lzw' }),
      'jpeg.tiff': drawn.clone().tiff({ compression: 'jpeg' }),
      'plain.gif': drawn.clone().gif(),
    }
    for (const [name, picture] of Object.entries(kinds))
      expect([name, ...(await corners(await save(bench.folder, name, picture)))]).toEqual([name, ...upright])
  })

  it('a grey picture, also one that is partly see-through', async () => {
    const grey = {
      width: 320,
      height: 320,
      channels: 4,
      background: { r: 128, g: 128, b: 128, alpha: 0.5 },
    } as const
    const clear = await save(bench.folder, 'grey.png', sharp({ create: grey }).toColourspace('b-w').png())
    const { path } = await prepare(clear, {
      fit: { aspect: 'pad', crop: null, background: '#ff0000' },
      aspect: { min: 2, max: 2.5 },
    })
    expect(await awayFrom(path, 0.5, 0.5, [191, 64, 64])).toBeLessThan(3)
    expect(await colourAt(path, 0.05, 0.5)).toEqual([255, 0, 0])
  })

  it('a bitmap of any depth, either way round', async () => {
    for (const depth of [24, 32] as const)
      for (const topDown of [false, true])
        expect(await corners(await bitmap(bench.folder, 'source.bmp', { depth, topDown }))).toEqual(upright)
  })

  it('a HEIC of one tile, of many, and of ten bits', async () => {
    const tiles: readonly (readonly Tile[])[] = [
      ['red', 'green'],
      ['blue', 'white'],
    ]
    const grid = await prepare(await heicFile(bench.folder, 'grid.heic', { tiles }))
    expect(grid).toMatchObject({ format: 'jpeg', width: 128, height: 128 })
    expect(await cornersOf(grid.path)).toEqual(upright)
    const alone = await prepare(await heicFile(bench.folder, 'alone.heic', { tiles: [['blue']] }))
    expect(await awayFrom(alone.path, 0.5, 0.5, [0, 0, 255])).toBeLessThan(6)
    const deep = await prepare(await heicFile(bench.folder, 'deep.heic', { tiles: [['deepOrange']] }))
    expect(await awayFrom(deep.path, 0.5, 0.5, [255, 128, 0])).toBeLessThan(6)
  })

  it('a HEIC whose shown picture is not its first', async () => {
    const plan = { tiles: [['green', 'blue']], before: ['red'] } as const
    const { path, width } = await prepare(await heicFile(bench.folder, 'second.heic', plan))
    expect(width).toBe(128)
    expect(await awayFrom(path, 0.1, 0.5, [0, 255, 0])).toBeLessThan(8)
  })

  it('a HEIC of more parts than the libraries let a file have, as phones write them', async () => {
    const row = Array.from({ length: 16 }, () => 'green' as const)
    const tiles = Array.from({ length: 17 }, (_, nth) => (nth < 8 ? row : row.map(() => 'blue' as const)))
    const { path, ...size } = await prepare(await heicFile(bench.folder, 'parts.heic', { tiles }))
    expect(size).toMatchObject({ width: 16 * 64, height: 17 * 64 })
    expect(await awayFrom(path, 0.5, 0.1, [0, 255, 0])).toBeLessThan(8)
    expect(await awayFrom(path, 0.5, 0.9, [0, 0, 255])).toBeLessThan(8)
    const claimed = { width: 16_384, height: 8_192 }
    const huge = await heicFile(bench.folder, 'parts-huge.heic', { tiles, claimed })
    expect(problemOf(await inspect(bench.mediaTools, huge)).message).toContain(
      'Understudy reads up to 120 million',
    )
  })

  it('the still picture in a moving AVIF', async () => {
    const content = await quadrants().avif({ effort: 0, quality: 90 }).toBuffer()
    content.write('avis', 8, 'latin1')
    const source = join(bench.folder, 'moving.avif')
    await writeFile(source, content)
    expect(await corners(source)).toEqual(upright)
    expect(valueOf(await inspect(bench.mediaTools, source))).toMatchObject({ format: 'avif', animated: true })
  })

  it('the first of several pictures', async () => {
    const frames = await Promise.all(
      [quadrants(), quadrants().negate()].map((frame) => frame.png().toBuffer()),
    )
    const joined = () => sharp(frames, { join: { animated: true } })
    for (const [name, picture] of Object.entries({
      'moving.gif': joined().gif(),
      'moving.webp': joined().webp({ lossless: true }),
      'pages.tiff': joined().tiff(),
    }))
      expect([name, ...(await corners(await save(bench.folder, name, picture)))]).toEqual([name, ...upright])
  })
})

describe('the colours of a picture', () => {
  const wide = { width: 320, height: 320, channels: 3 } as const
  const skin = { r: 224, g: 172, b: 105 }

  it('are those its profile means, in plain sRGB', async () => {
    // Written as Display P3 the same colours have other numbers; shown right they are the same again.
    for (const [name, colour] of Object.entries({
      skin,
      red: { r: 255, g: 0, b: 0 },
      sea: { r: 0, g: 128, b: 128 },
    })) {
      const source = await save(
        bench.folder,
        `p3-${name}.png`,
        sharp({ create: { ...wide, background: colour } })
          .withIccProfile('p3')
          .png(),
      )
      const numbers = await sharp(source).keepIccProfile().removeAlpha().raw().toBuffer()
      expect([...numbers.subarray(0, 3)]).not.toEqual(Object.values(colour))
      const { path } = await prepare(source)
      expect(await awayFrom(path, 0.5, 0.5, Object.values(colour))).toBeLessThan(4)
      expect((await sharp(path).metadata()).icc).toBeUndefined()
    }
  })

  it('are those its profile means in a HEIC, too', async () => {
    const { icc } = await sharp(await quadrants().withIccProfile('p3').png().toBuffer()).metadata()
    const bright = await heicFile(bench.folder, 'p3.heic', {
      tiles: [['deepOrange']],
      ...(icc && { profile: icc }),
    })
    // The most orange that sRGB has: Display P3's own lies outside of it.
    expect(await awayFrom((await prepare(bright)).path, 0.5, 0.5, [255, 118, 0])).toBeLessThan(8)
  })

  it('survive ink: CMYK with and without its profile', async () => {
    const ink = sharp({ create: { ...wide, background: skin } }).toColourspace('cmyk')
    const sources = {
      'ink.jpg': ink.clone().jpeg({ quality: 100 }),
      'ink-profile.jpg': ink.clone().withIccProfile('cmyk').jpeg({ quality: 100 }),
    }
    for (const [name, picture] of Object.entries(sources)) {
      const { path } = await prepare(await save(bench.folder, name, picture))
      expect([name, (await awayFrom(path, 0.5, 0.5, Object.values(skin))) < 12]).toEqual([name, true])
    }
  })

  it('show the chosen background where the picture is see-through', async () => {
    const glass = sharp({ create: { ...wide, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    for (const [name, picture] of Object.entries({
      'glass.png': glass.clone().png(),
      'glass.webp': glass.clone().webp(),
      'glass.gif': glass.clone().gif(),
    })) {
      const { path } = await prepare(await save(bench.folder, name, picture), {
        fit: { aspect: 'pad', crop: null, background: '#20a0e0' },
      })
      expect([name, (await awayFrom(path, 0.5, 0.5, [0x20, 0xa0, 0xe0])) < 4]).toEqual([name, true])
    }
  })
})

describe('what a prepared picture tells of where it came from', () => {
  const secret = 'Grace Hopper, 48.2082 N 16.3738 E'
  const planted = (picture: Sharp) =>
    picture
      .withExif({
        IFD0: { Artist: secret, Copyright: secret, ImageDescription: secret },
        IFD3: { GPSMapDatum: secret },
      })
      .withXmp(
        `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="${secret}"/></rdf:RDF></x:xmpmeta>`,
      )
  const jpegComment = (content: Buffer) => {
    const comment = Buffer.concat([Buffer.from('fffe0000', 'hex'), Buffer.from(secret)])
    comment.writeUInt16BE(comment.length - 2, 2)
    return Buffer.concat([content.subarray(0, 2), comment, content.subarray(2), Buffer.from(secret)])
  }

  it('is nothing, whatever was planted in it', async () => {
    const sources = {
      'planted.jpg': jpegComment(await planted(quadrants().jpeg()).toBuffer()),
      'planted.png': await planted(quadrants().png()).toBuffer(),
      'planted.webp': await planted(quadrants().webp()).toBuffer(),
      'planted.tiff': await planted(quadrants().tiff()).toBuffer(),
      'planted.avif': await planted(quadrants().avif({ effort: 0 })).toBuffer(),
    }
    for (const [name, content] of Object.entries(sources)) {
      const source = join(bench.folder, name)
      await writeFile(source, content)
      expect([name, content.includes('Grace Hopper')]).toEqual([name, true])
      const { path } = await prepare(source)
      const written = await readFile(path)
      expect([name, written.includes('Grace Hopper'), written.includes('16.3738')]).toEqual([
        name,
        false,
        false,
      ])
      expect(await cornersOf(path)).toEqual(upright)
    }
  })
})
