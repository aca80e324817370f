import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash, randomBytes } from 'node:crypto'
import { createKeptFiles, sprites } from '../../src/main/clip-preview/kept-files.ts'
import { createFileTokens } from '../../src/main/files/file-tokens.ts'
import { systemClock } from '../../src/main/system/clock.ts'
import { median } from '../support/clips/bench-clip.ts'

export const name = 'first picture of a kept sprite, out of 10,000: found and served'
export const limit = { served: 100, unit: 'ms' }

const count = 10_000

/** What begins as a WebP of this length. */
function sprite(bytes: number): Buffer {
  const content = randomBytes(bytes)
  content.write('RIFF', 0, 'latin1')
  content.writeUInt32LE(bytes - 8, 4)
  content.write('WEBP', 8, 'latin1')
  return content
}

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-sprites-'))
  try {
    const content = sprite(40_000)
    const many = createKeptFiles(folder, sprites, systemClock.now)
    // Written past the store, which would look for room after each of them.
    for (let nth = 0; nth < count; nth += 1) {
      const file = createHash('sha256').update(String(nth)).digest('hex').slice(0, 32)
      await writeFile(join(folder, `${file}.webp`), content)
    }
    const fileTokens = createFileTokens({ mediaBase: '/media/' })
    let nth = 0
    const served = await median(50, async () => {
      nth = (nth + 197) % count
      const path = await many.find(String(nth))
      if (path === null) throw new Error('It is kept.')
      const url = new URL(fileTokens.serveUrl(path), 'http://localhost')
      await (await fileTokens.serve(new Request(url))).arrayBuffer()
    })
    const madeRoom = await median(3, many.sweep)
    return { served, madeRoom, unit: 'ms' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
