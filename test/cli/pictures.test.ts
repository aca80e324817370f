import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PreparedCharacter } from '../../src/shared/domain/media.ts'
import { bitmap } from '../support/clips/bitmaps.ts'
import {
  buildCommandLine,
  filesIn,
  understudy,
  understudyWith,
  workplace,
} from '../support/processes/command-line.ts'
import { heicFile, type Tile } from '../support/clips/heic.ts'
import { exifRotated, hugePng } from '../support/clips/pictures.ts'
import { cornersOf, upright } from '../support/clips/quadrants.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-pictures-'))
const tiles: readonly (readonly Tile[])[] = [
  ['red', 'green'],
  ['blue', 'white'],
]
beforeAll(() => buildCommandLine())
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

describe('prepare', () => {
  it('takes a HEIC as a phone makes them, and a bitmap, in the built studio too', async () => {
    const sources = [await heicFile(media, 'phone.heic', { tiles }), await bitmap(media, 'drawing.bmp')]
    for (const source of sources) {
      const { home, out } = workplace(media)
      const { code, stdout, stderr } = await understudy(
        home,
        'prepare',
        '--character',
        source,
        '--out',
        out,
        '--json',
      )
      expect([code, stderr]).toEqual([0, ''])
      const { character } = JSON.parse(stdout) as { character: PreparedCharacter }
      expect(Math.min(character.width, character.height)).toBeGreaterThanOrEqual(300)
      expect(await cornersOf(character.path)).toEqual(upright)
    }
  })

  it.runIf(process.platform === 'linux')(
    'works beside the GLib that Electron on Linux brings, and loads no native picture library there',
    async () => {
      // Stands in for Electron: its version, its GLib in the process, and the end of it at the first mix-up.
      const disguise = `
        Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1' } })
        const { readFileSync } = await import('node:fs')
        process.on('exit', () => {
          if (/libvips|sharp-linux/.test(readFileSync('/proc/self/maps', 'utf8'))) process.exitCode = 99
        })`
      const electron = {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(disguise)}`,
        LD_PRELOAD: 'libgobject-2.0.so.0:libglib-2.0.so.0',
        G_DEBUG: 'fatal-criticals',
      }
      const run = async (character: string) => {
        const { home, out } = workplace(media)
        return understudyWith(electron, home, 'prepare', '--character', character, '--out', out, '--json')
      }
      for (const source of [await exifRotated(media), await heicFile(media, 'apart.heic', { tiles })]) {
        const { code, stdout, stderr } = await run(source)
        expect([code, stderr]).toEqual([0, ''])
        const { character } = JSON.parse(stdout) as { character: PreparedCharacter }
        expect(await sharp(character.path).stats()).toMatchObject({ isOpaque: true })
        if (source.endsWith('.heic')) expect(await cornersOf(character.path)).toEqual(upright)
        else expect(character).toMatchObject({ width: 768, height: 1024 })
      }
      const { code, stderr } = await run(await hugePng(media))
      expect([code, stderr]).toEqual([4, expect.stringContaining('up to 120 million')])
    },
  )

  it('refuses a picture that is damaged or enormous, and writes nothing', async () => {
    const sources = [await heicFile(media, 'endless.heic', { tiles, endless: true }), await hugePng(media)]
    for (const source of sources) {
      const { home, out } = workplace(media)
      const { code, stderr } = await understudy(home, 'prepare', '--character', source, '--out', out)
      expect([code, stderr.includes(media)]).toEqual([4, false])
      expect(filesIn(out)).toEqual([])
    }
  })
})
