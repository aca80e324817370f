import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal, type Journal } from '../../../../src/main/takes/journal/journal.ts'
import { guardsPassed } from '../../../../src/main/takes/submit/admit.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { fullAttempt } from '../../../support/library/an-attempt.ts'
import { someSettings } from '../../../support/clips/facts.ts'

const settings = someSettings({ provider: 'kling', model: 'kling-v3', account: 'account-1' })
const order = anOrder({ settings })
let folder = ''
let journal: Journal
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-ledger-'))
  const opened = openJournal(join(folder, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  journal = opened.value
})
afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true })
})

const attempt = (different: Partial<Attempt>) => fullAttempt({ take: order.id, number: 1, ...different })
const outcome = (different: Partial<Attempt>) => {
  journal.record(attempt(different), { type: 'released' })
  return journal.spend().map((entry) => entry.outcome)
}

describe('what was paid', () => {
  beforeEach(() => {
    journal.add(order, attempt({ state: 'INTENT', wiredAt: null, resultUrl: null }))
  })

  it('stands in the ledger from the first byte of the request on, with everything that is known of it', () => {
    expect(journal.spend()).toEqual([])
    expect(outcome({ state: 'WIRE', resultUrl: null, cost: null })).toEqual(['open'])
    expect(journal.spend()).toEqual([
      {
        take: order.id,
        attempt: 1,
        account: 'account-1',
        provider: 'kling',
        model: 'kling-v3',
        clipName: 'b.mp4',
        at: '2026-11-20T11:01:00.000Z',
        amount: 1,
        outcome: 'open',
        cost: null,
        deducted: null,
      },
    ])
  })

  it.each<readonly [TakeState, string]>([
    ['UNKNOWN', 'open'],
    ['NEEDS_USER', 'open'],
    ['ACKED', 'open'],
    ['ABANDONED', 'open'],
    ['REJECTED', 'refused'],
    ['REMOTE_FAILED', 'failed'],
    ['REMOTE_DONE', 'done'],
    ['DOWNLOADING', 'done'],
    ['VERIFIED', 'done'],
    ['DONE', 'done'],
    ['EXPIRED', 'done'],
  ])('%s counts as %s', (state, said) => {
    expect(outcome({ state, resultUrl: null })).toEqual([said])
  })

  it('stays done while the download waits, or the take is given up', () => {
    for (const state of ['HELD', 'ABANDONED', 'ACKED'] as const) expect(outcome({ state })).toEqual(['done'])
  })

  it('leaves the ledger where the provider says that nothing was started', () => {
    expect(outcome({ state: 'WIRE' })).toHaveLength(1)
    expect(outcome({ state: 'HELD', wiredAt: null })).toEqual([])
  })

  it('adds up from a moment on, without what was refused or failed for nothing', () => {
    const since = () => journal.spentSince('2026-11-20T11:01:00.000Z')
    const spent = (different: Partial<Attempt>) => {
      outcome(different)
      return since()
    }
    expect(since()).toBe(0)
    expect(spent({ state: 'ACKED', cost: null })).toBe(1)
    expect(spent({ state: 'DONE', cost: { units: '5.4', unitName: 'units' } })).toBe(0.6)
    expect(spent({ state: 'DONE', cost: { units: '0.61', unitName: 'USD' } })).toBe(0.61)
    expect(spent({ state: 'ACKED', cost: null })).toBe(1)
    expect(journal.spentSince('2026-11-20T11:01:00.001Z')).toBe(0)
    expect(spent({ state: 'REJECTED' })).toBe(0)
    expect(spent({ state: 'REMOTE_FAILED', cost: null })).toBe(0)
    expect(spent({ state: 'REMOTE_FAILED', cost: { units: '0', unitName: 'units' } })).toBe(0)
    // 0.14 USD for a unit of the list, where a second costs 0.126; this account pays 0.1 for one.
    expect(spent({ state: 'REMOTE_FAILED', cost: { units: '2.5', unitName: 'units' } })).toBe(0.2778)
    expect(spent({ state: 'REMOTE_FAILED', cost: { units: '2.5', unitName: 'of the balance' } })).toBe(1)
    expect(spent({ state: 'DONE', estimate: null, cost: null })).toBe(0)
  })

  it('counts five takes of which the units are known by these units, and a day limit as well', () => {
    const perSecond = 0.126
    for (let at = 0; at < 5; at += 1) {
      const one = anOrder({ settings, id: `01JD000000000000000000000${String(at)}` })
      const estimate = { ...one.estimate, amount: 0.48, perSecond }
      const cost = { units: '4.5', unitName: 'units' }
      const sent = fullAttempt({ take: one.id, number: 1, state: 'DONE', estimate, cost })
      journal.add(one, { ...sent, wiredAt: null })
      journal.record(sent, { type: 'released' })
    }
    const spent = journal.spentSince('2026-11-20T00:00:00.000Z')
    expect(spent).toBeCloseTo(3.15, 6)
    const guards = (perDay: number) =>
      guardsPassed({ perTake: null, perDay }, 0.48, journal.spentSince, Date.parse('2026-11-20T12:00:00Z'))
    expect(guards(3.63)).toEqual([])
    expect(guards(3.62)).toHaveLength(1)
  })

  it('says in the provider’s own units what it took', () => {
    outcome({ state: 'DONE' })
    expect(journal.spend()[0]).toMatchObject({ cost: { units: '7', unitName: 'units' }, deducted: 0.7778 })
  })
})

describe('a journal that is closed', () => {
  it('can be closed once more', () => {
    journal.close()
    expect(() => {
      journal.close()
    }).not.toThrow()
  })
})

describe('files that were put up', () => {
  const upload = {
    name: 'abc.mp4',
    take: order.id,
    attempt: 1,
    host: 's3',
    role: 'clip',
    state: 'open',
    url: 'https://files.example/abc.mp4',
    until: 17,
    note: { id: 'upload-1' },
  } as const

  it('are known until they are gone, and called in where they have to go', () => {
    journal.add(order, attempt({}))
    journal.saveUpload(upload)
    expect(journal.uploads(order.id)).toEqual([upload])
    expect(journal.leavingUploads()).toEqual([])
    for (const state of ['leaving', 'stuck'] as const) {
      journal.saveUpload({ ...upload, state, note: null })
      expect(journal.leavingUploads()).toEqual([{ ...upload, state, note: null }])
    }
    journal.saveUpload({ ...upload, state: 'gone', url: null, until: null })
    expect([...journal.uploads(order.id), ...journal.leavingUploads()]).toEqual([])
  })
})
