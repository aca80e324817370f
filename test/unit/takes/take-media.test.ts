import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import type { TakeRecord } from '../../../src/main/takes/record.ts'
import { createTakeMedia } from '../../../src/main/takes/take-media.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { aTake } from '../../support/library/a-take.ts'
import { anOrder } from '../../support/library/an-order.ts'
import { fullAttempt } from '../../support/library/an-attempt.ts'
import { fakeMedia } from '../../support/library/library.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-take-media-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Kept = {
  readonly reference: string
  /** Takes that were restored from their folders have lost it. */
  readonly sha256: string | null
  readonly clipName?: string
}

/** Finished takes with these references, on the disk and in the journal. */
function screening(takes: Readonly<Record<string, Kept>>) {
  for (const [id, { reference }] of Object.entries(takes)) {
    mkdirSync(join(folder, id), { recursive: true })
    writeFileSync(join(folder, id, 'clip.mp4'), reference)
    writeFileSync(join(folder, id, 'result.mp4'), `result of ${id}`)
  }
  const known = <T>(id: string, value: (kept: Kept) => T): Outcome<T> => {
    const kept = takes[id]
    return kept ? ok(value(kept)) : fail('not-found', `no take ${id}`)
  }
  const record = (id: string) =>
    known(id, ({ sha256 }): TakeRecord => {
      const { preparedClip, ...attempt } = fullAttempt({ state: 'DONE' })
      if (preparedClip === null) throw new Error('a full attempt has a prepared clip')
      return {
        order: anOrder({ id }),
        attempt: { ...attempt, preparedClip: sha256 === null ? null : { ...preparedClip, sha256 } },
      }
    })
  return createTakeMedia({
    library: {
      record,
      show: (id) =>
        known(id, ({ clipName = 'dance.mp4' }) => aTake({ id, clipName, characterName: `${id}.png` })),
      wholeResult: (id) => Promise.resolve(known(id, () => join(folder, id, 'result.mp4'))),
    },
    folder,
    media: fakeMedia(),
    fileTokens: createFileTokens({ mediaBase: '/media/' }),
    copyOf: () => Promise.reject(new Error('nothing is copied here')),
  })
}

describe('a comparison of several takes', () => {
  it('shows the takes of one reference in the order they were asked for', async () => {
    const { compare } = screening({
      a: { reference: 'dance', sha256: 'one' },
      b: { reference: 'dance', sha256: 'one' },
      c: { reference: 'dance', sha256: 'one' },
    })
    const shown = await compare(['c', 'a', 'b'])
    if (!shown.ok) throw new Error(shown.problem.message)
    expect(shown.value.takes.map(({ take }) => take.id)).toEqual(['c', 'a', 'b'])
    const urls = [shown.value.reference, ...shown.value.takes.map(({ result }) => result)].map(
      ({ url }) => url,
    )
    expect(new Set(urls).size).toBe(4)
  })

  it('is refused for a take of another reference, which is named', async () => {
    const { compare } = screening({
      a: { reference: 'dance', sha256: 'one' },
      b: { reference: 'dance', sha256: 'one' },
      c: { reference: 'walk', sha256: 'two', clipName: 'walk.mp4' },
    })
    const shown = await compare(['a', 'b', 'c'])
    expect(shown).toMatchObject({ ok: false, problem: { code: 'usage', detail: 'Take c' } })
    expect(shown.ok ? '' : shown.problem.message).toContain('c.png performs walk.mp4')
    expect((await compare(['c'])).ok).toBe(true)
  })

  it('knows the reference of a restored take by its content', async () => {
    const sameBytes = screening({
      a: { reference: 'dance', sha256: null },
      b: { reference: 'dance', sha256: null },
      c: { reference: 'walk', sha256: null },
    })
    expect((await sameBytes.compare(['a', 'b'])).ok).toBe(true)
    expect((await sameBytes.compare(['a', 'c'])).ok).toBe(false)
  })

  it('names what is missing: a take, or a reference', async () => {
    const { compare } = screening({
      a: { reference: 'dance', sha256: null },
      b: { reference: 'dance', sha256: null },
    })
    expect(await compare(['a', 'nobody'])).toMatchObject({ ok: false, problem: { code: 'not-found' } })
    rmSync(join(folder, 'b', 'clip.mp4'))
    expect(await compare(['a', 'b'])).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
  })
})
