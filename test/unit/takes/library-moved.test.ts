import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTakeMedia } from '../../../src/main/takes/take-media.ts'
import { createTakeMotion } from '../../../src/main/takes/take-motion.ts'
import { createTakeOffset } from '../../../src/main/takes/take-offset.ts'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import { fail } from '../../../src/shared/outcome.ts'
import { aTake, fakeMedia, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
const problemOf = (answer: { readonly ok: boolean }) => !answer.ok

it('makes no folder for a take whose folder was moved away, however it is looked at', async () => {
  const { origin } = await stage.provider()
  const first = openLibrary({ folder: stage.folder, origin })
  await first.library.submit(aTake(stage.folder))
  await first.until(takeId, 'DONE')
  await first.close()
  const folder = join(stage.folder, 'library')
  renameSync(join(folder, takeId), join(stage.folder, 'moved'))

  stage.bench = openLibrary({ folder: stage.folder, origin })
  const { library } = stage.bench
  library.resume()
  await library.lookAtAll()
  expect(library.list()).toMatchObject([{ id: takeId, state: 'DONE' }])
  expect([library.show(takeId).ok, library.record(takeId).ok, library.resultPath(takeId).ok]).toEqual([
    true,
    true,
    true,
  ])
  const unplayed = () => Promise.resolve(fail('internal', 'nobody plays this'))
  const parts = { library, folder, media: fakeMedia(), log: () => undefined }
  const media = createTakeMedia({
    ...parts,
    fileTokens: createFileTokens({ mediaBase: '/media/' }),
    viewing: { playable: unplayed, sound: unplayed },
    posters: { poster: () => Promise.resolve(null) },
  })
  const answers = [
    await library.wholeResult(takeId),
    await library.wholeMarked(takeId),
    await library.exportResult(takeId, join(stage.folder, 'out.mp4')),
    await media.compare([takeId]),
    await media.preview(takeId, 'reference'),
    await media.sound(takeId, 'reference', 1),
    await createTakeMotion(parts).motion(takeId),
    await createTakeOffset(parts).findOffset(takeId),
  ]
  expect(answers.every(problemOf)).toBe(true)
  expect((await media.pictures(takeId)).ok).toBe(true)
  expect([existsSync(join(folder, takeId)), readdirSync(folder)]).toEqual([false, []])
})
