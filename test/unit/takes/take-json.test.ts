import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aTake, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'
import { waitUntil } from '../../support/processes/wait-until.ts'

const stage = libraryStage()

it('puts a take.json right that a kill left behind the journal, although nothing else is left to do', async () => {
  const { origin } = await stage.provider()
  const first = openLibrary({ folder: stage.folder, origin })
  await first.library.submit(aTake(stage.folder))
  await first.until(takeId, 'DONE')
  // Killed: without the list, nothing can be said when the library closes.
  first.journal.close()
  await first.close()
  const path = join(stage.folder, 'library', takeId, 'take.json')
  const told = () => JSON.parse(readFileSync(path, 'utf8')) as { readonly state: string }
  writeFileSync(path, JSON.stringify({ ...told(), state: 'VERIFIED' }))
  stage.bench = openLibrary({ folder: stage.folder, origin })
  stage.bench.library.resume()
  const mended = await waitUntil(async () => (told().state === 'VERIFIED' ? null : told()))
  expect(mended).toMatchObject({ id: takeId, state: 'DONE', history: expect.any(Array) })
})

it('is known to have every change once a library was closed, and not after a kill', async () => {
  const { origin } = await stage.provider()
  const first = openLibrary({ folder: stage.folder, origin })
  await first.library.submit(aTake(stage.folder))
  await first.until(takeId, 'DONE')
  expect(first.journal.changedSinceKept()).toEqual([takeId])
  await first.library.stop()
  expect(first.journal.changedSinceKept()).toEqual([])
  await first.close()
  stage.bench = openLibrary({ folder: stage.folder, origin })
  expect(stage.bench.journal.changedSinceKept()).toEqual([])
})
