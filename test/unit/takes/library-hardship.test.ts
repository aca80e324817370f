import { readFileSync } from 'node:fs'
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

describe('a take in hardship', () => {
  it('is held, not doubted, while the key is missing, and goes on when it is back', async () => {
    const { origin, count } = await provider()
    const first = openLibrary({ folder, origin })
    const acked = first.until(takeId, 'ACKED')
    await first.library.submit(aTake(folder))
    await acked
    await first.close()
    let key = false
    bench = openLibrary({ folder, origin, hasKey: () => key })
    bench.library.resume()
    const held = await bench.until(takeId, 'HELD')
    expect(held.problem?.code).toBe('account-key')
    key = true
    await bench.until(takeId, 'DONE')
    expect(bench.states).not.toContain('NEEDS_USER')
    expect(count.submit).toBe(1)
  })

  it('asks the user after a few fresh links in vain, and never hammers the provider', async () => {
    const { origin, count } = await provider({
      result: (response) => {
        response.writeHead(404).end()
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await bench.library.submit(aTake(folder))
    const take = await bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.code).toBe('result-expired')
    expect(count.result).toBe(6)
    expect(count.status).toBe(7)
    expect(await bench.library.submitAgain(takeId)).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(count.submit).toBe(1)
  })

  it('asks the user when the provider gives no clear answer about a lost submit', async () => {
    const { origin, count } = await provider({
      submit: (response) => response.destroy(),
      status: (response) => {
        json(response, 401, { code: 1002, message: 'what?' })
        return true
      },
    })
    bench = openLibrary({ folder, origin, settle: 60_000 })
    await bench.library.submit(aTake(folder))
    const take = await bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.message).toContain('no clear answer')
    expect(count.submit).toBe(1)
  })

  it('makes one new attempt of two clicks on submit again, and remembers the task of the old one', async () => {
    const { origin, count } = await provider({
      status: (response, nth) => {
        if (nth > 1) return false
        json(response, 200, {
          code: 0,
          data: { task_id: 'task-1', task_status: 'failed', task_status_msg: 'no' },
        })
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await bench.library.submit(aTake(folder))
    await bench.until(takeId, 'REMOTE_FAILED')
    const answers = await Promise.all([bench.library.submitAgain(takeId), bench.library.submitAgain(takeId)])
    expect(answers.map(({ ok }) => ok)).toEqual([true, false])
    await bench.until(takeId, 'DONE')
    expect(count.submit).toBe(2)
    const text = readFileSync(join(folder, 'library', takeId, 'take.json'), 'utf8')
    expect(text).toContain('"taskId": "task-1"')
  })

  it('takes no task id that could lead its question somewhere else', async () => {
    const { origin } = await provider({ submit: (response) => response.destroy() })
    bench = openLibrary({ folder, origin })
    await bench.library.submit(aTake(folder))
    await bench.until(takeId, 'NEEDS_USER')
    for (const task of ['.', '..', 'a/b', 'a?b', ''])
      expect(await bench.library.adopt(takeId, task)).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })
})
