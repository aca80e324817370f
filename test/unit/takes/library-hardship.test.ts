import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aTake, openLibrary, freely, takeId } from '../../support/library/library.ts'
import { json } from '../../support/servers/scripted-server.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

describe('a take in hardship', () => {
  it('is held, not doubted, while the key is missing, and goes on when it is back', async () => {
    const { origin, count } = await stage.provider()
    const first = openLibrary({ folder: stage.folder, origin })
    const acked = first.until(takeId, 'ACKED')
    await first.library.submit(aTake(stage.folder))
    await acked
    await first.close()
    let key = false
    stage.bench = openLibrary({ folder: stage.folder, origin, hasKey: () => key })
    stage.bench.library.resume()
    const held = await stage.bench.until(takeId, 'HELD')
    expect(held.problem?.code).toBe('account-key')
    key = true
    await stage.bench.until(takeId, 'DONE')
    expect(stage.bench.states).not.toContain('NEEDS_USER')
    expect(count.submit).toBe(1)
  })

  it('asks the user after a few fresh links in vain, and never hammers the provider', async () => {
    const { origin, count } = await stage.provider({
      result: (response) => {
        response.writeHead(404).end()
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aTake(stage.folder))
    const take = await stage.bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.code).toBe('result-expired')
    expect(count.result).toBe(6)
    expect(count.status).toBe(7)
    expect(await stage.bench.library.submitAgain(takeId, freely)).toMatchObject({
      ok: false,
      problem: { code: 'usage' },
    })
    expect(count.submit).toBe(1)
  })

  it('asks the user when the provider gives no clear answer about a lost submit', async () => {
    const { origin, count } = await stage.provider({
      submit: (response) => response.destroy(),
      status: (response) => {
        json(response, 401, { code: 1002, message: 'what?' })
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin, settle: 60_000 })
    await stage.bench.library.submit(aTake(stage.folder))
    const take = await stage.bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.message).toContain('no clear answer')
    expect(count.submit).toBe(1)
  })

  it('makes one new attempt of two clicks on submit again, and remembers the task of the old one', async () => {
    const { origin, count } = await stage.provider({
      status: (response, nth) => {
        if (nth > 1) return false
        json(response, 200, {
          code: 0,
          data: { task_id: 'task-1', task_status: 'failed', task_status_msg: 'no' },
        })
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'REMOTE_FAILED')
    const answers = await Promise.all([
      stage.bench.library.submitAgain(takeId, freely),
      stage.bench.library.submitAgain(takeId, freely),
    ])
    expect(answers.map(({ ok }) => ok)).toEqual([true, false])
    await stage.bench.until(takeId, 'DONE')
    expect(count.submit).toBe(2)
    const text = readFileSync(join(stage.folder, 'library', takeId, 'take.json'), 'utf8')
    expect(text).toContain('"taskId": "task-1"')
  })

  it('takes no task id that could lead its question somewhere else', async () => {
    const { origin } = await stage.provider({ submit: (response) => response.destroy() })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await stage.bench.library.submit(aTake(stage.folder))
    await stage.bench.until(takeId, 'NEEDS_USER')
    for (const task of ['.', '..', '', 'a\nb', 'x'.repeat(501)])
      expect(await stage.bench.library.adopt(takeId, task)).toMatchObject({
        ok: false,
        problem: { code: 'usage' },
      })
  })
})
