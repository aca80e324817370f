import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PreparedCharacter } from '../../src/shared/media.ts'
import { bitmap } from '../support/bitmaps.ts'
import { buildCommandLine, filesIn, understudy, workplace } from '../support/command-line.ts'
import { heicFile, type Tile } from '../support/heic.ts'
import { hugePng } from '../support/pictures.ts'
import { cornersOf, upright } from '../support/quadrants.ts'

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
