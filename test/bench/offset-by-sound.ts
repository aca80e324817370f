import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMedia } from '../../src/main/media/create-media.ts'
import { filmed } from '../support/sound/filmed-sounds.ts'
import { part, speech } from '../support/sound/made-sounds.ts'
import { realTools, runTool } from '../support/processes/tools.ts'
import { median } from '../support/clips/bench-clip.ts'

export const name = 'offset by sound, 30 s + 30 s'
export const limit = { median: 1500, error: 5, unit: 'ms' }

const truth = -0.412

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-bench-offset-'))
  try {
    const voice = speech(30, 8)
    const reference = await filmed(folder, 'reference.mp4', voice)
    const result = await filmed(folder, 'result.mp4', part(voice, truth, 30))
    let error = Infinity
    const ms = await median(5, async () => {
      // A new one each time: what was measured of a file is kept.
      const media = createMedia({ tools: realTools, run: runTool, workFolder: join(folder, 'work') })
      const found = await media.findOffset({ reference, result, by: 'sound' })
      if (!found.ok || found.value.verdict !== 'sure') throw new Error('not found')
      error = Math.abs((found.value.offset ?? Infinity) - truth) * 1000
    })
    return { median: ms, error: Number(error.toFixed(2)), unit: 'ms' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
