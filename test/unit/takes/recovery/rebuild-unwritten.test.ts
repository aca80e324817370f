import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import { failingDisk } from '../../../support/processes/failing-disk.ts'
import { aTake, openLibrary, takeId } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'

const stage = libraryStage()
const findsNothing = { settle: 0, look: () => Promise.resolve({ kind: 'absent' as const }) }

it.each(['flush', 'room'] as const)(
  'follows a task at the next start whose id a disk that fails (%s) did not take into the list, without asking for it',
  async (how) => {
    const disk = failingDisk()
    const { origin, count } = await stage.provider({
      submit: (response, accept) => {
        disk.fail(how)
        accept()
        response.end(JSON.stringify({ code: 0, data: { task_id: 'task-1', task_status: 'submitted' } }))
      },
    })
    const first = openLibrary({
      folder: stage.folder,
      origin,
      ports: disk.ports,
      also: { find: findsNothing },
    })
    stage.bench = first
    await first.library.submit(aTake(stage.folder))
    await expect
      .poll(
        () => {
          const shown = first.library.show(takeId)
          return shown.ok ? shown.value.problem?.detail : null
        },
        { timeout: 30_000 },
      )
      .toContain('task-1')
    await first.close()
    const place = { path: join(stage.folder, 'studio.db'), library: join(stage.folder, 'library') }
    const opened = openLibraryJournal({
      ...place,
      log: () => undefined,
      now: () => '2026-11-21T12:00:00.000Z',
    })
    if (!opened.ok) throw new Error(opened.problem.message)
    opened.value.journal.close()
    const next = openLibrary({ folder: stage.folder, origin, also: { find: findsNothing } })
    stage.bench = next
    expect(next.library.show(takeId)).toMatchObject({ value: { state: 'ACKED', taskId: 'task-1' } })
    next.library.resume()
    expect(await next.until(takeId, 'DONE', 'NEEDS_USER')).toMatchObject({ state: 'DONE', taskId: 'task-1' })
    expect(count.submit).toBe(1)
  },
)
