import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playlistAsClip, truncatedClip } from '../support/clips/clips.ts'
import { buildCommandLine, filesIn, understudy, workplace } from '../support/processes/command-line.ts'
import { borrowed, lists } from '../support/clips/hostile-clips.ts'
import { hugePng, jpeg } from '../support/clips/pictures.ts'
import { scriptedServer } from '../support/servers/scripted-server.ts'

const media = mkdtempSync(join(tmpdir(), 'understudy-hostile-'))
beforeAll(() => buildCommandLine())
afterAll(() => {
  rmSync(media, { recursive: true, force: true })
})

/** A piece from the middle of a file, which nothing else in the world holds. */
const pieceOf = (path: string) => {
  const bytes = readFileSync(path)
  const middle = Math.floor(bytes.length / 2)
  return bytes.subarray(middle, middle + 64)
}

async function prepared(option: '--clip' | '--character', path: string) {
  const { home, out } = workplace(media)
  const ended = await understudy(home, 'prepare', option, path, '--out', out, '--json')
  return { ...ended, written: [...filesIn(out), ...filesIn(home)], home, out }
}

describe('understudy prepare', () => {
  it('refuses a list of other files in the name of a film with exit 4, and takes no byte of them', async () => {
    const web = await scriptedServer((_seen, response) => response.end())
    const list = join(media, 'list.mp4')
    const disguised = [
      await playlistAsClip(media),
      ...Object.values(lists(`${web.origin}/a.mp4`)).map((text) => ({ text })),
    ]
    for (const one of disguised.slice(0, 6)) {
      if (typeof one !== 'string') writeFileSync(list, one.text)
      const { code, stdout, stderr, written } = await prepared('--clip', typeof one === 'string' ? one : list)
      expect(code).toBe(4)
      expect(stderr).toMatch(/^“[^\n]+\.\n/)
      expect(stdout).not.toContain('private')
      expect(written).toEqual([])
    }
    expect(web.connections()).toBe(0)
    await web.close()
  })

  it('refuses a film whose pictures lie in another file with exit 4, and takes none of them', async () => {
    const path = await borrowed(media, 'alias')
    const foreign = pieceOf(join(media, 'private.mov'))
    const { code, written, home, out } = await prepared('--clip', path)
    expect(code).toBe(4)
    for (const folder of [home, out])
      for (const name of filesIn(folder))
        expect(readFileSync(join(folder, name)).includes(foreign)).toBe(false)
    expect(written).toEqual([])
  })

  it('refuses a film of which a part is missing with exit 4, wherever it was cut', async () => {
    for (const kept of [0.35, 0.6, 0.98]) {
      const { code, stderr, written } = await prepared('--clip', await truncatedClip(media, kept))
      expect([code, written]).toEqual([4, []])
      expect(stderr).toContain('damaged or incomplete')
    }
  })

  it('refuses a picture of 256 million pixels, and one that was cut off, with exit 4', async () => {
    const huge = await prepared('--character', await hugePng(media))
    expect([huge.code, huge.written]).toEqual([4, []])
    expect(huge.stderr).toContain('16000 × 16000')
    const cut = join(media, 'cut.jpg')
    const whole = readFileSync(await jpeg(media))
    writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * 0.6)))
    const half = await prepared('--character', cut)
    expect([half.code, filesIn(half.out)]).toEqual([4, []])
  })
})
