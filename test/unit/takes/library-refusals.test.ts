import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aTake, openLibrary, takeId, type Bench } from '../../support/library/library.ts'
import { json } from '../../support/servers/scripted-server.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

async function submitted(given: Bench) {
  const take = await given.library.submit(aTake(stage.folder))
  if (!take.ok) throw new Error(take.problem.message)
  return take.value
}

describe('a take that must not be sent', () => {
  it('refuses inputs that cannot be made to fit before anything is written or sent', async () => {
    const { origin, count } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const refused = await stage.bench.library.submit(aTake(stage.folder, { window: { start: 0, length: 2 } }))
    expect(refused).toMatchObject({ ok: false, problem: { code: 'fix-needed' } })
    expect(stage.bench.library.list()).toEqual([])
    expect(existsSync(join(stage.folder, 'library', takeId))).toBe(false)
    expect(count.submit).toBe(0)
  })

  it('sends nothing at a cost that was not agreed to', async () => {
    const { origin, count } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const settings = { ...aTake(stage.folder).settings, provider: 'kling', model: 'kling-v3' }
    const refused = await stage.bench.library.submit(
      aTake(stage.folder, { settings, consent: { amount: 0.1, passGuard: false } }),
    )
    expect(refused).toMatchObject({ ok: false, problem: { code: 'consent-needed' } })
    expect(count.submit).toBe(0)
  })

  it('is taken back to a draft by cancelling only while nothing was sent', async () => {
    const { origin, count } = await stage.provider({
      status: (response) => {
        json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'processing' } })
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'ACKED')
    expect(await stage.bench.library.cancel(takeId)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(count.submit).toBe(1)
  })
})
