import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { TakeRecord } from '../../../src/main/takes/record.ts'
import { createTakeMotion } from '../../../src/main/takes/take-motion.ts'
import type { Scan } from '../../../src/shared/domain/media.ts'
import { cancelled, ok } from '../../../src/shared/outcome.ts'
import { aClip } from '../../support/clips/facts.ts'
import { curveOf, makeDance } from '../../support/clips/dances.ts'
import { anOrder } from '../../support/library/an-order.ts'
import { fullAttempt } from '../../support/library/an-attempt.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-take-motion-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const own = join(folder, 'a')
const kept = join(own, 'motion.json')
beforeEach(() => {
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own)
  writeFileSync(join(own, 'clip.mp4'), 'the prepared clip')
  writeFileSync(join(own, 'result.mp4'), 'the result')
})

const dance = makeDance(11, 8)
const nothingSeen: Scan = {
  ...{ span: { start: 0, end: 6 }, cuts: [], jumps: [], frozen: [], still: [], black: [], fast: [] },
}

type Stage = {
  readonly lasts?: number
  readonly expected?: number
  readonly frozen?: readonly [number, number]
  readonly seen?: Partial<Scan>
  readonly sha256?: string
}

/** A take of six seconds; what measures it counts how often it was asked. */
function moving({ lasts = 6, expected = 6, frozen, seen, sha256 = 'cd' }: Stage = {}) {
  const measured: string[] = []
  const complaints: string[] = []
  const attempt = fullAttempt({ state: 'DONE' })
  if (attempt.result === null || attempt.estimate === null) throw new Error('a full attempt has both')
  const record: TakeRecord = {
    order: anOrder({ id: 'a' }),
    attempt: {
      ...attempt,
      result: { ...attempt.result, sha256, duration: lasts },
      estimate: { ...attempt.estimate, seconds: expected },
    },
  }
  const { motion } = createTakeMotion({
    library: {
      record: () => ok(record),
      wholeResult: () => Promise.resolve(ok(join(own, 'result.mp4'))),
    },
    folder,
    media: {
      inspect: () => Promise.resolve(ok(aClip())),
      frameTimes: () => Promise.resolve(ok(Array.from({ length: 180 }, (_, frame) => frame / 30))),
      scan: (path, _facts, _span, running) => {
        measured.push(path)
        running?.onMotion?.(curveOf(dance, { rate: 30, seconds: 6 }, 9))
        return Promise.resolve(ok({ ...nothingSeen, ...seen }))
      },
      motion: (path) => {
        measured.push(path)
        return Promise.resolve(ok(curveOf(dance, { rate: 24, seconds: lasts, ...(frozen && { frozen }) }, 4)))
      },
    },
    log: (line) => complaints.push(line),
  })
  const answer = async () => {
    const found = await motion('a')
    if (!found.ok) throw new Error(found.problem.message)
    return found.value
  }
  return { motion, answer, measured, complaints }
}

describe('The motion of a take', () => {
  test('is measured once and kept beside the take, one byte for each thirtieth of a second', async () => {
    const first = moving()
    const found = await first.answer()
    expect(first.measured).toEqual([join(own, 'clip.mp4'), join(own, 'result.mp4')])
    expect(found.reference.values).toHaveLength(180)
    expect(found).toMatchObject({ freezes: [], shorter: null })

    const later = moving()
    expect(await later.answer()).toEqual(found)
    expect(later.measured).toEqual([])
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ result: found.result })
  })

  test('is measured again for a result or a reference of other content', async () => {
    await moving().answer()
    const otherResult = moving({ sha256: 'ef' })
    await otherResult.answer()
    expect(otherResult.measured).toEqual([join(own, 'result.mp4')])
    writeFileSync(join(own, 'clip.mp4'), 'another clip')
    const otherClip = moving({ sha256: 'ef' })
    await otherClip.answer()
    expect(otherClip.measured).toEqual([join(own, 'clip.mp4')])
  })

  test.each(['', '{"version":1', '{"version":2}', '{"version":1,"reference":null,"result":{"values":[-1]}}'])(
    'is measured again where the kept file reads %j',
    async (content) => {
      writeFileSync(kept, content)
      const one = moving()
      await one.answer()
      expect(one.measured).toHaveLength(2)
      await one.answer()
      expect(one.measured).toHaveLength(2)
    },
  )

  test('is answered although it can’t be kept', async () => {
    mkdirSync(kept)
    const one = moving()
    expect((await one.answer()).result.values.length).toBeGreaterThan(100)
    expect(one.complaints).toHaveLength(1)
  })

  test('is measured once for two that ask at the same time', async () => {
    const one = moving()
    const [first, second] = await Promise.all([one.answer(), one.answer()])
    expect(second).toEqual(first)
    expect(one.measured).toHaveLength(2)
  })

  test('names where the result stands still', async () => {
    const { freezes } = await moving({ frozen: [2, 4] }).answer()
    expect(freezes.map(({ message }) => message)).toEqual(['The result stands still from 2.0 to 4.0 s.'])
  })

  test('explains an early end with what the scan has seen, also when all of it is kept', async () => {
    const stage = { lasts: 4, seen: { cuts: [1, 4.1], fast: [{ start: 3, end: 4 }] } }
    const { shorter } = await moving(stage).answer()
    expect(shorter).toEqual({
      frame: 120,
      time: 4,
      seen: { kind: 'cut', start: 4.1, end: 4.1 },
      message: 'The result ends at 4.0 s, at frame 121 of the clip. The clip has a cut at 4.1 s.',
    })
    expect((await moving({ lasts: 4 }).answer()).shorter).toEqual(shorter)
  })

  test('is not measured without the prepared clip, and says so', async () => {
    rmSync(join(own, 'clip.mp4'))
    const { motion } = moving()
    expect(await motion('a')).toMatchObject({ ok: false, problem: { code: 'file-missing' } })
  })

  test('stops waiting at once when it is cancelled', async () => {
    const { motion } = moving()
    const stop = new AbortController()
    const waiting = motion('a', { signal: stop.signal })
    stop.abort()
    expect(await waiting).toEqual(cancelled('Measuring the motion of this take'))
  })
})
