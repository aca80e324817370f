import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename as realRename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MiB } from '../../src/shared/units.ts'
import { fakeMedia, takeId } from '../support/library/library.ts'
import { expectHome, fetchedBy, openFetching, wholeOrPart } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(2 * MiB)
const serve = wholeOrPart('"v1"', film)
const media = fakeMedia((bytes) => bytes.equals(film))

/** A film that somebody else keeps open for the first so many tries. */
function renameAfter(failures: number, code: string) {
  let tries = 0
  return {
    tries: () => tries,
    rename: (from: string, to: string) => {
      if (basename(to) !== 'result.mp4') return realRename(from, to)
      tries += 1
      if (tries > failures) return realRename(from, to)
      return Promise.reject(Object.assign(new Error(`${code}: rename`), { code }))
    },
  }
}

describe('72 · a verified film whose file somebody keeps open', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('for three tries with %s: DONE without a word', async (code) => {
    const { rename, tries } = renameAfter(3, code)
    const one = await fetchedBy({ stage, serve, media, rename })
    expectHome(one, film)
    expect([tries(), one.studio.bench.states.includes('HELD')]).toEqual([4, false])
  })

  it('for ten tries: held, said to be in use, and DONE by itself afterwards, fetched once', async () => {
    const { rename, tries } = renameAfter(10, 'EBUSY')
    const one = await openFetching({ stage, serve, media, rename })
    const { bench } = one.studio
    const held: unknown[] = []
    bench.library.subscribe((take) => {
      if (take.state === 'HELD')
        held.push([tries(), existsSync(join(one.folder, 'result.mp4')), take.problem?.message])
    })
    const ended = await one.studio.ends('DONE')
    expectHome({ ...one, ended }, film)
    expect(held).toEqual([
      [10, false, 'The result of dance.mp4 is complete, but another program is using its file.'],
    ])
    expect(one.files.seen).toHaveLength(1)
  })

  it('for any other reason: tried again, never taken for a lost film', async () => {
    const { rename } = renameAfter(1, 'EXDEV')
    const one = await fetchedBy({ stage, serve, media, rename })
    expectHome(one, film)
    expect(one.files.seen).toHaveLength(1)
    expect(one.studio.bench.states).not.toContain('REJECTED')
    expect(one.studio.bench.journal.events(takeId).map(({ type }) => type)).not.toContain('result-lost')
  })
})
