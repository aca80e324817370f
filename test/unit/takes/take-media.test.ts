import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFileTokens } from '../../../src/main/files/file-tokens.ts'
import type { Media } from '../../../src/main/media/media.ts'
import type { TakeRecord } from '../../../src/main/takes/record.ts'
import { createTakeMedia, type TakeMediaParts } from '../../../src/main/takes/take-media.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { aClip } from '../../support/clips/facts.ts'
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

const nothing = () => Promise.reject(new Error('nothing is made here'))

/** Finished takes with these references, on the disk and in the journal. */
function screening(
  takes: Readonly<Record<string, Kept>>,
  viewing: TakeMediaParts['viewing'] = { playable: nothing, sound: nothing },
  media: Partial<Media> = {},
) {
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
    media: { ...fakeMedia(), ...media },
    fileTokens: createFileTokens({ mediaBase: '/media/' }),
    viewing,
    posters: { poster: () => Promise.resolve(null) },
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

describe('opening a comparison', () => {
  const dance = { a: { reference: 'dance', sha256: null } }

  it('makes no copy of an MP4 whose clock begins late: only two players would need one', async () => {
    const { compare } = screening(dance, undefined, {
      inspect: () => Promise.resolve(ok(aClip({ container: 'mp4', startTime: 0.5 }))),
    })
    const shown = await compare(['a'])
    if (!shown.ok) throw new Error(shown.problem.message)
    expect(shown.value.reference.clockStart).toBe(0.5)
    expect(shown.value.takes[0]?.result.clockStart).toBe(0.5)
  })

  it('stops reading the files when nobody waits any more', async () => {
    const { signal } = new AbortController()
    const seen: unknown[] = []
    const { compare } = screening(dance, undefined, {
      inspect: (_, running) => {
        seen.push(running?.signal)
        return Promise.resolve(ok(aClip()))
      },
      frameTimes: (_, running) => {
        seen.push(running?.signal)
        return Promise.resolve(ok([0]))
      },
    })
    await compare(['a'], { signal })
    expect(seen).toEqual([signal, signal, signal, signal])
  })

  it('names the video that can’t be read, and asks nobody to choose another file', async () => {
    const damaged = fail('file-damaged', '“result.mp4” is damaged.', { advice: 'Choose the new file.' })
    const failing = (path: string) => path.endsWith('result.mp4')
    const { compare } = screening(dance, undefined, {
      frameTimes: (path) => Promise.resolve(failing(path) ? damaged : ok([0])),
    })
    expect(await compare(['a'])).toEqual(
      fail('file-damaged', 'The result of this take is damaged or incomplete.', {
        advice: 'Put an undamaged copy back, or open it from its folder in another player.',
        detail: '“result.mp4” is damaged.',
      }),
    )
    const { compare: onFullDisk } = screening(dance, undefined, {
      inspect: () => Promise.resolve(fail('disk-full', 'The disk is full.')),
    })
    expect(await onFullDisk(['a'])).toEqual(fail('disk-full', 'The disk is full.'))
  })
})

describe('one side of a comparison', () => {
  const dance = { a: { reference: 'dance', sha256: null } }
  const call = { signal: new AbortController().signal, onProgress: () => undefined }

  /** Tells what it was asked for, and that it was asked by the same call. */
  const viewing: TakeMediaParts['viewing'] = {
    playable: (path, by) => Promise.resolve(ok({ media: `${path}, ${String(by === call)}` })),
    sound: (path, speed, by) =>
      Promise.resolve(
        ok(path.includes('clip') ? null : { media: `${path}, ${String(by === call)}`, duration: 6 / speed }),
      ),
  }

  it('is copied for the window on request, with a clock from zero', async () => {
    const { preview } = screening(dance, viewing)
    const copies = [await preview('a', 'reference', call), await preview('a', 'result', call)]
    expect(copies).toEqual(
      ['clip', 'result'].map((name) =>
        ok({ media: `${join(folder, 'a', `${name}.mp4`)}, true`, clockStart: 0 }),
      ),
    )
  })

  it('is said to have no copy where none could be made', async () => {
    const differs = fail('tool-failed', 'frame 3 is missing', { advice: 'You can still prepare the clip.' })
    const { preview } = screening(dance, { ...viewing, playable: () => Promise.resolve(differs) })
    expect(await preview('a', 'reference', call)).toMatchObject({
      ok: false,
      problem: {
        message: 'This window can’t play the prepared clip of this take, and no copy could be made of it.',
        advice: 'Open it from its folder in another player.',
        detail: 'frame 3 is missing',
      },
    })
  })

  it('is heard at a speed, and said to have no sound where it has none', async () => {
    const { sound } = screening(dance, viewing)
    expect(await sound('a', 'result', 0.5, call)).toEqual(
      ok({ media: `${join(folder, 'a', 'result.mp4')}, true`, duration: 12 }),
    )
    expect(await sound('a', 'reference', 0.5, call)).toMatchObject({
      ok: false,
      problem: { code: 'not-found', message: 'The prepared clip of this take has no sound.' },
    })
  })

  it('is said to be missing where its file is', async () => {
    const { preview, sound } = screening(dance, viewing)
    rmSync(join(folder, 'a', 'clip.mp4'))
    for (const outcome of [await preview('a', 'reference'), await sound('a', 'reference', 1)])
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
    expect(await preview('nobody', 'reference')).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })
})
