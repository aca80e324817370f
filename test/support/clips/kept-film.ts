import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { realTools } from '../processes/tools.ts'

const cache = join(import.meta.dirname, '../../../node_modules/.cache/understudy-films')

/** What the films are painted with; another brush paints other films. */
const brushes = ['filmed.ts', 'reel.ts', 'reels.ts', 'cutting-list.ts'].map((name) =>
  readFileSync(join(import.meta.dirname, name), 'utf8'),
)

/** Painting takes far longer than copying: a film is kept between runs for as long as nothing about it changes. */
export const keptFilm =
  (name: string, paint: (path: string) => Promise<unknown>) =>
  async (folder: string): Promise<string> => {
    const key = createHash('sha256').update(JSON.stringify([name, (await realTools()).ffmpeg, brushes]))
    const kept = join(cache, `${key.digest('hex').slice(0, 32)}${extname(name)}`)
    if (!existsSync(kept)) {
      await mkdir(cache, { recursive: true })
      const unfinished = join(cache, `${randomUUID()}${extname(name)}`)
      await paint(unfinished)
      await rename(unfinished, kept)
    }
    const path = join(folder, name)
    await copyFile(kept, path)
    return path
  }
