import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createCatalogue, type Catalogue } from '../../../src/main/takes/catalogue.ts'
import { newAttempt, type Attempt, type Order } from '../../../src/main/takes/attempt.ts'
import type { Journal } from '../../../src/main/takes/journal/journal.ts'
import { openLibraryJournal } from '../../../src/main/takes/recovery/open-library.ts'
import { writeTakeJson } from '../../../src/main/takes/take-json.ts'
import { systemClock } from '../../../src/main/system/clock.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { aTake } from './a-take.ts'
import { anOrder } from './an-order.ts'

export const takeOf = (nth: number) => `01ARZ3NDEKTSV4RRFFQ69${String(nth).padStart(5, '0')}`

export type Opened = { readonly journal: Journal; readonly catalogue: Catalogue }

/** A library of marks alone, in a folder of its own for each test. */
export function catalogueStage() {
  let opened: Opened | undefined
  const stage = {
    home: '',
    library: '',
    path: '',
    open: (): Opened => {
      const outcome = openLibraryJournal({
        path: stage.path,
        library: stage.library,
        log: () => undefined,
        now: () => '2026-11-21T12:00:00.000Z',
      })
      if (!outcome.ok) throw new Error(outcome.problem.message)
      opened = stage.over(outcome.value.journal)
      return opened
    },
    over: (journal: Journal): Opened => ({
      journal,
      catalogue: createCatalogue({
        journal,
        folder: stage.library,
        library: { show: (id) => ok(aTake({ id })), unreadable: () => [] },
        clock: systemClock,
        log: () => undefined,
      }),
    }),
    /** Ends as a kill does: nothing is saved any more. */
    kill: () => {
      opened?.journal.close()
      opened = undefined
    },
    close: async () => {
      await opened?.catalogue.stop()
      stage.kill()
    },
    loseTheList: () => {
      for (const end of ['', '-wal', '-shm']) rmSync(stage.path + end, { force: true })
    },
    fresh: () => {
      stage.home = mkdtempSync(join(tmpdir(), 'understudy-marks-'))
      stage.library = join(stage.home, 'library')
      stage.path = join(stage.home, 'studio.db')
      mkdirSync(stage.library)
    },
    drop: () => {
      stage.kill()
      rmSync(stage.home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  beforeEach(stage.fresh)
  afterEach(stage.drop)
  return stage
}

/** Adds a take as the registry does: to the list, and then to its folder. */
export function addTake(
  { journal }: Pick<Opened, 'journal'>,
  library: string,
  order: Partial<Order>,
  attempt: Partial<Attempt> = {},
): string {
  const full = anOrder(order)
  const first = { ...newAttempt(full.id, 1, 'own', full.createdAt), state: 'REJECTED' as const, ...attempt }
  journal.add(full, first)
  writeTakeJson({ library, journal }, { order: full, attempt: first })
  return full.id
}
