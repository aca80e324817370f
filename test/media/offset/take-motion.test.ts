import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMedia } from '../../../src/main/media/create-media.ts'
import { createTakeMotion } from '../../../src/main/takes/take-motion.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { filmDancer, makeDance, type Dancer } from '../../support/clips/dances.ts'
import { createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { anOrder } from '../../support/library/an-order.ts'
import { fullAttempt } from '../../support/library/an-attempt.ts'
import { ffmpeg } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const dance = makeDance(11, 8)
const person: Dancer = { width: 192, height: 108, size: 0.8, skin: 190, ground: 70, rate: 30, seconds: 4 }

test('a result that freezes and ends at a cut of its clip is told so', async () => {
  const own = join(bench.folder, 'a')
  await mkdir(own)
  const before = await filmDancer(bench.folder, 'before.mp4', dance, person)
  const filters = '[0:v]format=yuv420p[a];smptebars=s=192x108:r=30:d=1,format=yuv420p[b];[a][b]concat=n=2[v]'
  await ffmpeg(
    ...['-i', `file:${before}`, '-filter_complex', filters, '-map', '[v]', '-c:v', 'libx264'],
    ...['-preset', 'ultrafast', '-y', `file:${join(own, 'clip.mp4')}`],
  )
  const robot = { ...person, width: 108, height: 192, skin: 30, ground: 140, rate: 24 }
  const result = await filmDancer(bench.folder, 'result.mp4', dance, { ...robot, frozen: [1, 2.5] })
  await copyFile(result, join(own, 'result.mp4'))

  const media = createMedia({
    tools: () => Promise.resolve(bench.mediaTools),
    run: bench.mediaTools.run,
    workFolder: bench.folder,
  })
  const facts = valueOf(await media.verifyResult(result))
  const record = { order: anOrder({ id: 'a' }), attempt: fullAttempt({ state: 'DONE', result: facts }) }
  const { motion } = createTakeMotion({
    library: { record: () => ok(record), wholeResult: () => Promise.resolve(ok(join(own, 'result.mp4'))) },
    folder: bench.folder,
    media,
    log: () => undefined,
  })

  const told = valueOf(await motion('a'))
  expect(told.reference.values).toHaveLength(150)
  expect(told.freezes.map(({ message }) => message)).toEqual(['The result stands still from 1.0 to 2.5 s.'])
  expect(told.shorter?.message).toBe(
    'The result ends at 4.0 s, at frame 121 of the clip. The clip has a cut at 4.0 s.',
  )
  expect(JSON.parse(await readFile(join(own, 'motion.json'), 'utf8'))).toMatchObject({
    reference: { cuts: [4] },
    result: { sha256: facts.sha256 },
  })
})
