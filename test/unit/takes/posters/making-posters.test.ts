import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPosterStore } from '../../../../src/main/takes/posters/poster-store.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import {
  facts,
  folder,
  library,
  posterFolder,
  plain,
  stage,
  stillsWith,
} from '../../../support/library/poster-stage.ts'

posterFolder()

describe('making pictures of results', () => {
  it('is done for one at a time, the one asked for last first, and never for who has left', async () => {
    const hold = Promise.withResolvers<undefined>()
    let atOnce = 0
    const order: boolean[] = []
    const { sprite, looked } = stage({
      strip: async (_path, _clip, job, onPicture, running) => {
        atOnce += 1
        order.push(atOnce === 1 && running?.yields === true)
        await hold.promise
        for (const at of job.times) onPicture(at, plain)
        atOnce -= 1
        return ok(null)
      },
    })
    const turns = async () => {
      for (let nth = 0; nth < 50; nth += 1) await new Promise((later) => setImmediate(later))
    }
    const first = sprite('a')
    await turns()
    const leave = new AbortController()
    const finished: string[] = []
    const note = (id: string) => () => finished.push(id)
    const others = [
      sprite('b').finally(note('b')),
      sprite('c', { signal: leave.signal }).finally(note('c')),
      sprite('d').finally(note('d')),
    ]
    await turns()
    leave.abort()
    hold.resolve(undefined)
    expect((await Promise.all([first, ...others])).map((one) => one.ok)).toEqual([true, true, false, true])
    expect(finished).toEqual(['c', 'd', 'b'])
    expect(looked).toHaveLength(3)
    expect(order).toEqual([true, true, true])
  })

  it('is not tried twice for a result that gives none; the poster is then left out', async () => {
    const { poster, sprite, looked } = stage({
      strip: () => Promise.resolve(fail('file-damaged', 'It does not decode.')),
    })
    expect(await poster('a')).toBeNull()
    expect(await poster('a')).toBeNull()
    expect(await sprite('a')).toMatchObject({ ok: false, problem: { code: 'file-damaged' } })
    expect(looked).toHaveLength(1)
  })

  it('is tried again where nobody waited for it, or the tool was missing', async () => {
    const { sprite, looked } = stage({ strip: () => Promise.resolve(fail('tool-missing', 'No ffmpeg.')) })
    expect((await sprite('a')).ok).toBe(false)
    expect((await sprite('a')).ok).toBe(false)
    expect(looked).toHaveLength(2)
  })

  it('leaves out the poster where the folder of the take is gone, and is no reason for a result to wait', async () => {
    const { poster, sprite, store, looked } = stage({ hasFolders: false })
    expect(await poster('a')).toBeNull()
    expect(await poster('a')).toBeNull()
    expect(looked).toHaveLength(1)
    expect((await sprite('a')).ok).toBe(true)
    writeFileSync(join(folder, 'file'), '')
    const full = createPosterStore({
      library,
      cache: join(folder, 'file', 'viewing'),
      clock: { now: () => 0 },
      log: () => undefined,
    })
    expect((await full.keepStills('a', { ...facts, sha256: 'x' }, stillsWith({}))).ok).toBe(false)
    expect(await store.poster('a', { ...facts, sha256: 'x' })).toBeNull()
  })
})
