import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TakeState } from '../../../src/shared/domain/take.ts'
import { aTake, freely, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()
const inTake = (name: string) => join(stage.folder, 'library', takeId, name)

type Words = Record<string, unknown>
const reword = (change: (certificate: Words) => Words) => {
  const path = inTake('certificate.json')
  const read = JSON.parse(readFileSync(path, 'utf8')) as Words
  writeFileSync(path, JSON.stringify(change(read)))
}

/** What somebody else, or an older version, may have done to a prepared take. */
const spoilers: Readonly<Record<string, () => void>> = {
  'the prepared clip was changed, at the same length': () => {
    writeFileSync(inTake('clip.mp4'), readFileSync(inTake('clip.mp4')).reverse())
  },
  'the prepared clip is gone': () => {
    rmSync(inTake('clip.mp4'))
  },
  'the prepared character was changed': () => {
    writeFileSync(inTake('character.png'), 'another face')
  },
  'there is no certificate, as in older versions': () => {
    rmSync(inTake('certificate.json'))
  },
  'the certificate cannot be read': () => {
    writeFileSync(inTake('certificate.json'), '{"provider": "kl')
  },
  'the certificate is about another provider': () => {
    reword((words) => ({ ...words, provider: 'oxen' }))
  },
  'the certificate is about another model': () => {
    reword((words) => ({ ...words, model: 'kling-v2-6' }))
  },
  'the certificate is about another orientation': () => {
    reword((words) => ({ ...words, orientation: words['orientation'] === 'image' ? 'video' : 'image' }))
  },
  'the certificate is about another clip': () => {
    reword((words) => ({ ...words, clip: { sha256: 'ab', bytes: 17 } }))
  },
  'the certificate is about no character': () => {
    reword((words) => ({ ...words, character: null }))
  },
}

/** A take that is spoilt as soon as it has reached a state, and what the provider heard of it. */
async function spoiltAt(state: TakeState, spoil: () => void) {
  const { origin, count } = await stage.provider()
  const bench = openLibrary({ folder: stage.folder, origin })
  stage.bench = bench
  const stop = bench.library.subscribe((take) => {
    if (take.state !== state) return
    stop()
    spoil()
  })
  await bench.library.submit(aTake(stage.folder))
  const take = await bench.until(takeId, 'DRAFT', 'DONE')
  return { bench, take, count }
}

describe('a prepared take', () => {
  it('keeps its certificate beside its files', async () => {
    const { take } = await spoiltAt('PREPARED', () => undefined)
    expect(take.state).toBe('DONE')
    const certificate = JSON.parse(readFileSync(inTake('certificate.json'), 'utf8')) as Words
    const { settings, preparedClip, preparedCharacter } = take
    expect(certificate).toMatchObject({
      provider: settings.provider,
      model: settings.model,
      orientation: settings.orientation,
      clip: { sha256: preparedClip?.sha256, bytes: preparedClip?.bytes },
    })
    expect(certificate['character']).not.toBeNull()
    expect(preparedCharacter).not.toBeNull()
  })

  describe.each(['PREPARED', 'UPLOADED', 'READY'] as const)('that is spoilt when it is %s', (state) => {
    it.each(Object.entries(spoilers))('does not go out where %s', async (_what, spoil) => {
      const { take, count } = await spoiltAt(state, spoil)
      expect(take.state).toBe('DRAFT')
      expect(take.problem?.message).toMatch(/so nothing was sent\.$/)
      expect(take.problem?.advice).toContain('Submit the take again')
      expect(count.submit).toBe(0)
    })
  })

  it.each(Object.entries(spoilers))(
    'where %s is prepared anew when it is submitted again',
    async (_what, spoil) => {
      const { bench, count } = await spoiltAt('READY', spoil)
      await bench.library.submitAgain(takeId, freely)
      const { state } = await bench.until(takeId, 'DONE')
      expect(state).toBe('DONE')
      expect(count.submit).toBe(1)
      expect(readFileSync(inTake('clip.mp4'), 'utf8')).toBe('the prepared clip')
    },
  )

  it('of an older version is prepared anew for its next attempt', async () => {
    const { origin, count } = await stage.provider()
    const bench = openLibrary({ folder: stage.folder, origin })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'ACKED')
    await bench.library.giveUp(takeId)
    await bench.until(takeId, 'ABANDONED')
    rmSync(inTake('certificate.json'))
    bench.states.length = 0
    await bench.library.submitAgain(takeId, freely)
    await bench.until(takeId, 'DONE')
    expect(bench.states[0]).toBe('PREPARING')
    expect(count.submit).toBe(2)
  })
})
