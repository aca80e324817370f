import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countingProvider } from '../../support/counting-provider.ts'
import { aTake, dropFolder, makeFolder, openLibrary, takeId, type Bench } from '../../support/library.ts'
import { json } from '../../support/scripted-server.ts'

let folder: string
let bench: Bench | undefined
const providers: { readonly close: () => Promise<void> }[] = []
beforeEach(() => {
  folder = makeFolder()
})
afterEach(async () => {
  await bench?.close()
  bench = undefined
  await Promise.all(providers.splice(0).map((one) => one.close()))
  dropFolder(folder)
})

async function provider(...script: Parameters<typeof countingProvider>) {
  const one = await countingProvider(...script)
  providers.push(one)
  return one
}

async function submitted(given: Bench) {
  const take = await given.library.submit(aTake(folder))
  if (!take.ok) throw new Error(take.problem.message)
  return take.value
}

describe('a take that must not be sent', () => {
  it('refuses inputs that cannot be made to fit before anything is written or sent', async () => {
    const { origin, count } = await provider()
    bench = openLibrary({ folder, origin })
    const refused = await bench.library.submit(aTake(folder, { window: { start: 0, length: 2 } }))
    expect(refused).toMatchObject({ ok: false, problem: { code: 'fix-needed' } })
    expect(bench.library.list()).toEqual([])
    expect(existsSync(join(folder, 'library', takeId))).toBe(false)
    expect(count.submit).toBe(0)
  })

  it('sends nothing at a cost that was not agreed to', async () => {
    const { origin, count } = await provider()
    bench = openLibrary({ folder, origin })
    const settings = { ...aTake(folder).settings, provider: 'kling', model: 'kling-v3' }
    const refused = await bench.library.submit(aTake(folder, { settings, consent: { amount: 0.1 } }))
    expect(refused).toMatchObject({ ok: false, problem: { code: 'consent-needed' } })
    expect(count.submit).toBe(0)
  })

  it('is taken back to a draft by cancelling only while nothing was sent', async () => {
    const { origin, count } = await provider({
      status: (response) => {
        json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'processing' } })
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'ACKED')
    expect(await bench.library.cancel(takeId)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(count.submit).toBe(1)
  })
})
