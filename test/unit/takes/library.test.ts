import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aTake,
  dropFolder,
  goodResult,
  makeFolder,
  openLibrary,
  takeId,
  type Bench,
} from '../../support/library.ts'
import { json, scriptedServer, type ScriptedServer, type Seen } from '../../support/scripted-server.ts'

type Task = { readonly own: string; readonly id: string }

let folder: string
let bench: Bench | undefined
let server: ScriptedServer | undefined
beforeEach(() => {
  folder = makeFolder()
})
afterEach(async () => {
  await bench?.close()
  await server?.close()
  bench = undefined
  server = undefined
  dropFolder(folder)
})

type Script = {
  readonly submit?: (response: ServerResponse, accept: () => void, nth: number) => void
  readonly status?: (response: ServerResponse, nth: number) => boolean
  readonly result?: (response: ServerResponse, nth: number) => boolean
}

/** A provider that keeps count of its tasks: the oracle for "never twice". */
async function provider(script: Script = {}) {
  const tasks: Task[] = []
  const count = { submit: 0, status: 0, result: 0 }
  const answer = (seen: Seen, response: ServerResponse) => {
    if (seen.method === 'POST') {
      count.submit += 1
      const own = String((JSON.parse(seen.body) as { external_task_id: unknown }).external_task_id)
      const accept = () => tasks.push({ own, id: `task-${String(tasks.length + 1)}` })
      if (script.submit) {
        script.submit(response, accept, count.submit)
        return
      }
      accept()
      json(response, 200, { code: 0, data: { task_id: tasks.at(-1)?.id, task_status: 'submitted' } })
      return
    }
    if (seen.url.endsWith('.mp4')) {
      count.result += 1
      if (script.result?.(response, count.result)) return
      response.writeHead(200, { 'content-length': String(goodResult.length) }).end(goodResult)
      return
    }
    count.status += 1
    if (script.status?.(response, count.status)) return
    const name = decodeURIComponent(seen.url.split('/').at(-1) ?? '')
    const task = tasks.find(({ own, id }) => own === name || id === name)
    if (!task) {
      json(response, 404, { code: 1203, message: 'no such task' })
      return
    }
    const url = `${server?.origin ?? ''}/${task.id}.mp4`
    json(response, 200, {
      code: 0,
      data: { task_id: task.id, task_status: 'succeed', task_result: { videos: [{ url }] } },
    })
  }
  server = await scriptedServer(answer)
  return { origin: server.origin, tasks, count }
}

async function submitted(given: Bench) {
  const take = await given.library.submit(aTake(folder))
  if (!take.ok) throw new Error(take.problem.message)
  return take.value
}

const filesOf = (given: Bench) => readdirSync(join(given.folder, 'library', takeId)).sort()

describe('a take', () => {
  it('goes from two files to a verified result, and announces every state on the way', async () => {
    const { origin, tasks } = await provider()
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    const done = await bench.until(takeId, 'DONE')
    expect(bench.states).toEqual([
      'PREPARING',
      'PREPARED',
      'UPLOADING',
      'UPLOADED',
      'READY',
      'INTENT',
      'WIRE',
      'ACKED',
      'REMOTE_DONE',
      'DOWNLOADING',
      'VERIFIED',
      'DONE',
    ])
    expect(tasks).toHaveLength(1)
    expect(done).toMatchObject({ taskId: 'task-1', result: { bytes: goodResult.length } })
    expect(filesOf(bench)).toEqual(['character.png', 'clip.mp4', 'result.mp4', 'take.json'])
    expect(readFileSync(join(folder, 'library', takeId, 'result.mp4')).equals(goodResult)).toBe(true)
  })

  it('leaves plain words in take.json, without paths, links or keys', async () => {
    const { origin } = await provider()
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    const text = readFileSync(join(folder, 'library', takeId, 'take.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      id: takeId,
      state: 'DONE',
      characterName: 'hero.png',
      clipName: 'dance.mp4',
    })
    for (const secret of [folder, 'canary-key', origin]) expect(text).not.toContain(secret)
  })

  it('is one take and one task, however often the same submit arrives', async () => {
    const { origin, tasks } = await provider()
    bench = openLibrary({ folder, origin })
    const take = aTake(folder)
    await Promise.all([bench.library.submit(take), bench.library.submit(take), bench.library.submit(take)])
    await bench.until(takeId, 'DONE')
    await bench.library.submit(take)
    expect(tasks).toHaveLength(1)
    expect(bench.library.list()).toHaveLength(1)
  })

  it('has WIRE on disk before the provider sees a byte', async () => {
    let stateAtServer: string | undefined
    const { origin } = await provider({
      submit: (response, accept) => {
        stateAtServer = bench?.journal.load()[0]?.attempt.state
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(stateAtServer).toBe('WIRE')
  })

  it('finds its task by own id when the answer was lost, without a second submit', async () => {
    const { origin, tasks, count } = await provider({
      submit: (response, accept) => {
        accept()
        response.destroy()
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(bench.states).toContain('UNKNOWN')
    expect([tasks.length, count.submit]).toEqual([1, 1])
  })

  it('asks the user, and never sends again by itself, when the provider has no such task', async () => {
    const { origin, count } = await provider({ submit: (response) => response.destroy() })
    bench = openLibrary({ folder, origin, settle: 60_000 })
    await submitted(bench)
    const take = await bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.message).toContain('very likely never started')
    await bench.library.checkAgain(takeId)
    await bench.until(takeId, 'NEEDS_USER')
    expect(count.submit).toBe(1)
  })

  it('makes a new attempt with an own id of its own only when the user says so', async () => {
    const { origin, tasks, count } = await provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          response.destroy()
          return
        }
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'NEEDS_USER')
    const first = bench.journal.load()[0]?.attempt.ownId
    await bench.library.submitAgain(takeId)
    const done = await bench.until(takeId, 'DONE')
    expect(done.attempt).toBe(2)
    expect([tasks.length, count.submit]).toEqual([1, 2])
    expect(tasks[0]?.own).not.toBe(first)
  })

  it('needs the user’s own files no more once they were prepared, not even for a second attempt', async () => {
    const { origin } = await provider({
      submit: (response, accept, nth) => {
        if (nth > 1) accept()
        json(
          response,
          nth > 1 ? 200 : 400,
          nth > 1 ? { code: 0, data: { task_id: 'task-1' } } : { code: 1301 },
        )
      },
    })
    bench = openLibrary({ folder, origin })
    const take = aTake(folder)
    await bench.library.submit(take)
    await bench.until(takeId, 'REJECTED')
    expect(bench.library.neededSources()).toEqual(new Set())
    rmSync(take.clip)
    rmSync(take.character)
    await bench.library.submitAgain(takeId)
    expect((await bench.until(takeId, 'DONE')).attempt).toBe(2)
  })

  it('adopts a task that the user found, and gives up when told to', async () => {
    const { origin, tasks } = await provider({ submit: (response) => response.destroy() })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'NEEDS_USER')
    tasks.push({ own: 'unknown', id: 'found-by-hand' })
    await bench.library.adopt(takeId, 'found-by-hand')
    expect((await bench.until(takeId, 'DONE')).taskId).toBe('found-by-hand')
    expect((await bench.library.giveUp(takeId)).ok).toBe(false)
  })

  it('is over when the provider refuses it for good, in the provider’s own words', async () => {
    const { origin, count } = await provider({
      submit: (response) => {
        json(response, 400, { code: 1301, message: 'unsafe <b>content</b>' })
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    const take = await bench.until(takeId, 'REJECTED')
    expect(take.problem).toMatchObject({ code: 'provider-refused', detail: 'unsafe <b>content</b>' })
    expect(count.submit).toBe(1)
  })

  it('waits and sends once later when the account is at its limit', async () => {
    const { origin, tasks, count } = await provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          json(response, 429, { code: 1303, message: 'parallel task over resource pack limit' })
          return
        }
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(bench.states).toContain('HELD')
    expect([tasks.length, count.submit]).toEqual([1, 2])
  })

  it('goes on through silence and unknown words until the end comes', async () => {
    const { origin } = await provider({
      status: (response, nth) => {
        if (nth > 6) return false
        if (nth % 3 === 0) response.destroy()
        else if (nth % 3 === 1) json(response, 503, { code: 5001, message: 'maintenance' })
        else json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'pondering' } })
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    expect((await bench.until(takeId, 'DONE')).state).toBe('DONE')
  })

  it('never takes a damaged download for the result, and fetches it again', async () => {
    const { origin, count } = await provider({
      result: (response, nth) => {
        if (nth > 1) return false
        response.writeHead(200).end(goodResult.subarray(0, 300))
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(count.result).toBe(2)
    expect(filesOf(bench)).not.toContain('result.mp4.part')
  })

  it('asks for a fresh link when the old one has died', async () => {
    const { origin, count } = await provider({
      result: (response, nth) => {
        if (nth > 1) return false
        response.writeHead(403).end()
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(count.status).toBe(2)
  })

  it('asks for a fresh link when the server behind the old one no longer answers', async () => {
    const { origin, count } = await provider({
      result: (response, nth) => {
        if (nth > 3) return false
        response.destroy()
        return true
      },
    })
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(count.status).toBe(2)
  })

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

describe('after a restart', () => {
  it('every open take goes on to its result with one task at the provider, wherever it stood', async () => {
    const { origin, tasks, count } = await provider()
    const stops = [
      'PREPARED',
      'UPLOADED',
      'READY',
      'ACKED',
      'REMOTE_DONE',
      'DOWNLOADING',
      'VERIFIED',
    ] as const
    for (const stop of stops) {
      const place = makeFolder()
      const first = openLibrary({ folder: place, origin })
      const reached = first.until(takeId, stop)
      await first.library.submit(aTake(place))
      await reached
      await first.close()
      const before = tasks.length
      bench = openLibrary({ folder: place, origin })
      bench.library.resume()
      await bench.until(takeId, 'DONE')
      expect(tasks.length).toBeLessThanOrEqual(before + 1)
      await bench.close()
      bench = undefined
      dropFolder(place)
    }
    expect(tasks).toHaveLength(stops.length)
    expect(count.submit).toBe(stops.length)
  })

  it('what a killed preparation left half-written is gone, and nothing else', async () => {
    const { origin } = await provider()
    const place = join(folder, 'library', takeId)
    mkdirSync(place, { recursive: true })
    for (const name of ['.0123456789abcdef.part.mp4', 'notes.txt']) writeFileSync(join(place, name), 'x')
    bench = openLibrary({ folder, origin })
    await submitted(bench)
    await bench.until(takeId, 'DONE')
    expect(filesOf(bench)).toEqual(['character.png', 'clip.mp4', 'notes.txt', 'result.mp4', 'take.json'])
  })

  it('a finished take is left alone', async () => {
    const { origin, count } = await provider()
    const first = openLibrary({ folder, origin })
    await first.library.submit(aTake(folder))
    await first.until(takeId, 'DONE')
    await first.close()
    const asked = count.status
    bench = openLibrary({ folder, origin })
    bench.library.resume()
    expect(bench.library.list().map((take) => take.state)).toEqual(['DONE'])
    await bench.close()
    bench = undefined
    expect(count.status).toBe(asked)
  })
})
