import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLibrary } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import { addOver } from '../support/library/some-finished-takes.ts'
import type { TrashPlan } from './trash-life.ts'

const stage = libraryStage()

function killedAt(plan: Omit<TrashPlan, 'folder'>) {
  const life = join(import.meta.dirname, 'trash-life.ts')
  const { signal } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', life, JSON.stringify({ ...plan, folder: stage.folder })],
    { stdio: 'inherit' },
  )
  expect(signal).toBe('SIGKILL')
}

/** The next start after a kill: where the take is, and its film. */
async function afterwards(id: string) {
  const bench = openLibrary({ folder: stage.folder, origin: 'http://127.0.0.1:1' })
  const places = ['library', 'library/.trash', 'bin'].filter((place) =>
    existsSync(join(stage.folder, place, id)),
  )
  const is = {
    listed: bench.library.list().length,
    trashed: bench.library.trash().length,
    places,
    film: readFileSync(join(stage.folder, places[0] ?? '', id, 'result.mp4'), 'utf8'),
    spent: bench.journal.spend().length,
  }
  await bench.close()
  return is
}

const common = { film: 'film 1', spent: 1 }
const inTrash = { ...common, listed: 0, trashed: 1, places: ['library/.trash'] }
const inLibrary = { ...common, listed: 1, trashed: 0, places: ['library'] }

it('kill -9 between any two steps of trashing and restoring: the next start finishes it, nothing is lost or doubled', async () => {
  const bench = openLibrary({ folder: stage.folder, origin: 'http://127.0.0.1:1' })
  const take = addOver(bench, 1)
  await bench.close()
  for (const renames of [0, 1] as const) {
    killedAt({ take, act: 'putInTrash', renames })
    expect(await afterwards(take)).toEqual(inTrash)
    killedAt({ take, act: 'restore', renames })
    expect(await afterwards(take)).toEqual(inLibrary)
  }
})

it('kill -9 when the system’s bin has the folder and the journal does not say so: it is only there', async () => {
  const bench = openLibrary({ folder: stage.folder, origin: 'http://127.0.0.1:1' })
  const take = addOver(bench, 1)
  bench.journal.putInTrash([take], '2026-11-20T12:00:00.000Z')
  await bench.close()
  await afterwards(take)
  killedAt({ take, act: 'emptyTrash', renames: 1 })
  expect(await afterwards(take)).toEqual({ ...inTrash, places: ['bin'] })
  const again = openLibrary({ folder: stage.folder, origin: 'http://127.0.0.1:1' })
  expect(await again.library.emptyTrash(null)).toMatchObject({ value: { binned: [take], left: [] } })
  await again.close()
})
