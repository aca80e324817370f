import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/main/system/clock.ts'
import { aClip, aFolder, aHost, anImage, aPractice, finished, submit, taskIn, until } from './support.ts'

/** Starts the server in its own process; `kill` is kill -9. */
async function aMortal(folder: string, hold = '') {
  const program = fileURLToPath(new URL('./child.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder, hold], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [origin] = (await once(createInterface(child.stdout), 'line')) as [string]
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { origin, kill, [Symbol.asyncDispose]: kill }
}

describe('a task of the practice provider outlives its process', () => {
  const stack = new AsyncDisposableStack()
  let good: Record<string, unknown>
  let fresh: () => Promise<string>

  beforeAll(async () => {
    const folder = stack.use(await aFolder()).path
    const clip = join(folder, 'clip.mp4')
    await aClip(clip)
    const { url } = stack.use(await aHost(clip))
    const image_url = (await anImage()).toString('base64')
    good = { image_url, video_url: url, character_orientation: 'image', mode: 'std' }
    fresh = async () => stack.use(await aFolder()).path
  })
  afterAll(() => stack.disposeAsync())

  it.each(['', 'submitted', 'processing'])('when killed after the answer (%s)', async (hold) => {
    const folder = await fresh()
    await using first = await aMortal(folder, hold)
    const { task_id } = taskIn(await submit(first.origin, { ...good, external_task_id: 'mine' }))
    if (hold === 'processing') await until(first.origin, task_id, 'processing')
    await first.kill()

    await using second = await aPractice(folder)
    const task = await finished(second.origin, 'mine')
    expect(task).toMatchObject({ task_id, task_status: 'succeed' })
    expect(second.tasks()).toHaveLength(1)
    expect((await submit(second.origin, { ...good, external_task_id: 'mine' })).envelope.code).toBe(1201)
    const files = await readdir(join(folder, 'tasks', task_id))
    expect(files.toSorted()).toEqual(['result.mp4', 'task.json'])
  })

  it('and one that was never answered leaves nothing behind', async () => {
    const folder = await fresh()
    const asked = Promise.withResolvers<null>()
    const silent = createServer(() => {
      asked.resolve(null)
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    stack.defer(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const { port } = silent.address() as AddressInfo
    await using first = await aMortal(folder)
    const answer = submit(first.origin, { ...good, video_url: `http://127.0.0.1:${String(port)}/clip.mp4` })
    const failed = expect(answer).rejects.toThrow()
    await asked.promise
    expect(await readdir(join(folder, 'incoming'))).toHaveLength(1)
    await first.kill()
    await failed

    await using second = await aPractice(folder)
    expect(second.tasks()).toEqual([])
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('when it is closed and started again, and the open task has the same number in the list', async () => {
    const folder = await fresh()
    const hold = new Promise<void>(() => undefined)
    const first = await aPractice(folder, { script: { task: () => ({ hold }) } })
    const { task_id } = taskIn(await submit(first.origin, good))
    await until(first.origin, task_id, 'processing')
    await first.close()
    await using second = await aPractice(folder)
    expect(second.tasks().map(({ id }) => id)).toEqual([task_id])
    expect((await finished(second.origin, task_id)).task_status).toBe('succeed')
  })

  it('while a damaged neighbour is left alone, and results are wiped after 30 days', async () => {
    const folder = await fresh()
    const first = await aPractice(folder, { script: { task: () => ({ fail: 'no' }) } })
    const { task_id } = taskIn(await submit(first.origin, good))
    await finished(first.origin, task_id)
    await first.close()
    await mkdir(join(folder, 'tasks', '123'))
    await writeFile(join(folder, 'tasks', '123', 'task.json'), '{"version":1')
    const log: string[] = []
    const second = await aPractice(folder, { log: (line) => log.push(line) })
    expect(second.tasks().map(({ id }) => id)).toEqual([task_id])
    expect(log).toEqual([expect.stringContaining('123')])
    await second.close()
    const later = { ...systemClock, now: () => systemClock.now() + 31 * 24 * 3_600_000 }
    await using third = await aPractice(folder, { clock: later })
    expect(third.tasks()).toEqual([])
    expect(await readdir(join(folder, 'tasks'))).toEqual(['123'])
  })
})
