import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal } from '../../../../src/main/takes/journal/journal.ts'
import { anOrder } from '../../../support/library/an-order.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-events-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const at = (minute: number) => `2026-11-20T12:${String(minute).padStart(2, '0')}:00.000Z`
const ids = [
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '01ARZ3NDEKTSV4RRFFQ69G5FAW',
  '01ARZ3NDEKTSV4RRFFQ69G5FAX',
] as const

it('of each attempt the newest time since its yes is known, whichever take it is about, and where a clock was set back', () => {
  const opened = openJournal(join(folder, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  const journal = opened.value
  const [early, again, late] = ids.map((id, nth) => newAttempt(id, 1, `own-${nth}`, at(10 * nth)))
  if (!early || !again || !late) throw new Error('there are three')
  for (const attempt of [early, again]) journal.add(anOrder({ id: attempt.take }), attempt)
  journal.record({ ...early, state: 'PREPARED', since: at(50) }, { type: 'ready' })
  journal.record({ ...again, state: 'PREPARING', since: at(20) }, { type: 'prepare-started', estimate: null })
  journal.add(anOrder({ id: late.take }), late)
  journal.record({ ...late, state: 'PREPARED', since: at(30) }, { type: 'ready' })
  journal.record({ ...late, state: 'UPLOADED', since: at(25) }, { type: 'ready' })
  expect([...journal.latestSince([early, again, late, { ...late, number: 2 }])]).toEqual([
    [`${ids[0]} 1`, at(50)],
    [`${ids[1]} 1`, at(30)],
    [`${ids[2]} 1`, at(30)],
  ])
  journal.close()
})
