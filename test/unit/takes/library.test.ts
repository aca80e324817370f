import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aTake, goodResult, openLibrary, freely, takeId, type Bench } from '../../support/library/library.ts'
import { json } from '../../support/servers/scripted-server.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

async function submitted(given: Bench) {
  const take = await given.library.submit(aTake(stage.folder))
  if (!take.ok) throw new Error(take.problem.message)
  return take.value
}

const filesOf = (given: Bench) => readdirSync(join(given.folder, 'library', takeId)).sort()

describe('a take', () => {
  it('goes from two files to a verified result, and announces every state on the way', async () => {
    const { origin, tasks } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    const done = await stage.bench.until(takeId, 'DONE')
    expect(stage.bench.states).toEqual([
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
    expect(filesOf(stage.bench)).toEqual([
      'certificate.json',
      'character.png',
      'clip.mp4',
      'requests.json',
      'result.mp4',
      'take.json',
    ])
    expect(readFileSync(join(stage.folder, 'library', takeId, 'result.mp4')).equals(goodResult)).toBe(true)
  })

  it('leaves plain words in take.json, without links or keys, and no path but those of the chosen files', async () => {
    const { origin } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    const text = readFileSync(join(stage.folder, 'library', takeId, 'take.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      id: takeId,
      state: 'DONE',
      characterName: 'hero.png',
      clipName: 'dance.mp4',
    })
    for (const secret of ['canary-key', origin, 'http']) expect(text).not.toContain(secret)
    expect(text.split(stage.folder).map((piece) => piece.split('"')[0])).toEqual([
      '{\n  ',
      '/hero.png',
      '/dance.mp4',
    ])
  })

  it('is one take and one task, however often the same submit arrives', async () => {
    const { origin, tasks } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const take = aTake(stage.folder)
    await Promise.all([
      stage.bench.library.submit(take),
      stage.bench.library.submit(take),
      stage.bench.library.submit(take),
    ])
    await stage.bench.until(takeId, 'DONE')
    await stage.bench.library.submit(take)
    expect(tasks).toHaveLength(1)
    expect(stage.bench.library.list()).toHaveLength(1)
  })

  it('has WIRE on disk before the provider sees a byte', async () => {
    let stateAtServer: string | undefined
    const { origin } = await stage.provider({
      submit: (response, accept) => {
        stateAtServer = stage.bench?.journal.load().records[0]?.attempt.state
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    expect(stateAtServer).toBe('WIRE')
  })

  it('finds its task by own id when the answer was lost, without a second submit', async () => {
    const { origin, tasks, count } = await stage.provider({
      submit: (response, accept) => {
        accept()
        response.destroy()
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    expect(stage.bench.states).toContain('UNKNOWN')
    expect([tasks.length, count.submit]).toEqual([1, 1])
  })

  it('asks the user, and never sends again by itself, when the provider has no such task', async () => {
    const { origin, count } = await stage.provider({ submit: (response) => response.destroy() })
    stage.bench = openLibrary({ folder: stage.folder, origin, settle: 60_000 })
    await submitted(stage.bench)
    const take = await stage.bench.until(takeId, 'NEEDS_USER')
    expect(take.problem?.message).toContain('very likely never started')
    await stage.bench.library.checkAgain(takeId)
    await stage.bench.until(takeId, 'NEEDS_USER')
    expect(count.submit).toBe(1)
  })

  it('makes a new attempt with an own id of its own only when the user says so', async () => {
    const { origin, tasks, count } = await stage.provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          response.destroy()
          return
        }
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'NEEDS_USER')
    const first = stage.bench.journal.load().records[0]?.attempt.ownId
    await stage.bench.library.submitAgain(takeId, freely)
    const done = await stage.bench.until(takeId, 'DONE')
    expect(done.attempt).toBe(2)
    expect([tasks.length, count.submit]).toEqual([1, 2])
    expect(tasks[0]?.own).not.toBe(first)
  })

  it('needs the user’s own files no more once they were prepared, not even for a second attempt', async () => {
    const { origin } = await stage.provider({
      submit: (response, accept, nth) => {
        if (nth > 1) accept()
        json(
          response,
          nth > 1 ? 200 : 400,
          nth > 1 ? { code: 0, data: { task_id: 'task-1' } } : { code: 1301 },
        )
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const take = aTake(stage.folder)
    await stage.bench.library.submit(take)
    await stage.bench.until(takeId, 'REJECTED')
    expect(stage.bench.library.neededSources()).toEqual(new Set())
    rmSync(take.clip)
    rmSync(take.character)
    await stage.bench.library.submitAgain(takeId, freely)
    expect((await stage.bench.until(takeId, 'DONE')).attempt).toBe(2)
  })

  it('adopts a task that the user found, and gives up when told to', async () => {
    const { origin, tasks } = await stage.provider({ submit: (response) => response.destroy() })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'NEEDS_USER')
    tasks.push({ own: 'unknown', id: 'found-by-hand' })
    await stage.bench.library.adopt(takeId, 'found-by-hand')
    expect((await stage.bench.until(takeId, 'DONE')).taskId).toBe('found-by-hand')
    expect((await stage.bench.library.giveUp(takeId)).ok).toBe(false)
  })

  it('is over when the provider refuses it for good, in the provider’s own words', async () => {
    const { origin, count } = await stage.provider({
      submit: (response) => {
        json(response, 400, { code: 1301, message: 'unsafe <b>content</b>' })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    const take = await stage.bench.until(takeId, 'REJECTED')
    expect(take.problem).toMatchObject({ code: 'provider-refused', detail: 'unsafe <b>content</b>' })
    expect(count.submit).toBe(1)
  })

  it('waits and sends once later when the account is at its limit', async () => {
    const { origin, tasks, count } = await stage.provider({
      submit: (response, accept, nth) => {
        if (nth === 1) {
          json(response, 429, { code: 1303, message: 'parallel task over resource pack limit' })
          return
        }
        accept()
        json(response, 200, { code: 0, data: { task_id: 'task-1' } })
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    expect(stage.bench.states).toContain('HELD')
    expect([tasks.length, count.submit]).toEqual([1, 2])
  })

  it('goes on through silence and unknown words until the end comes', async () => {
    const { origin } = await stage.provider({
      status: (response, nth) => {
        if (nth > 6) return false
        if (nth % 3 === 0) response.destroy()
        else if (nth % 3 === 1) json(response, 503, { code: 5001, message: 'maintenance' })
        else json(response, 200, { code: 0, data: { task_id: 'task-1', task_status: 'pondering' } })
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    expect((await stage.bench.until(takeId, 'DONE')).state).toBe('DONE')
  })

  it('never takes a damaged download for the result, and fetches it again', async () => {
    const { origin, count } = await stage.provider({
      result: (response, nth) => {
        if (nth > 1) return false
        response.writeHead(200).end(goodResult.subarray(0, 300))
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    expect(count.result).toBe(2)
    expect(filesOf(stage.bench)).not.toContain('result.mp4.part')
  })

  it('asks for a fresh link when the old one has died', async () => {
    const { origin, count } = await stage.provider({
      result: (response, nth) => {
        if (nth > 1) return false
        response.writeHead(403).end()
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    expect(count.status).toBe(2)
  })

  it('asks for a fresh link when the server behind the old one no longer answers', async () => {
    const { origin, count } = await stage.provider({
      result: (response, nth) => {
        if (nth > 3) return false
        response.destroy()
        return true
      },
    })
    stage.bench = openLibrary({ folder: stage.folder, origin })
    await submitted(stage.bench)
    await stage.bench.until(takeId, 'DONE')
    expect(count.status).toBe(2)
  })
})
