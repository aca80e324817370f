import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal } from '../../../../src/main/takes/journal/journal.ts'
import type { KeptTake } from '../../../../src/main/takes/record.ts'
import type { Upload } from '../../../../src/main/takes/journal/tables.ts'
import { bringBack } from '../../../../src/main/takes/recovery/restore.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { failingDisk } from '../../../support/processes/failing-disk.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'

const stage = libraryStage()
const good = '01ARZ3NDEKTSV4RRFFQ69G5FAA'
const odd = '01ARZ3NDEKTSV4RRFFQ69G5FAB'
const at = '2026-11-20T12:00:00.000Z'
const upload = (take: string): Upload => ({
  ...{ name: 'kR3mTq9vXw2LzNpY8sHdFg.mp4', take, attempt: 1, host: 's3', role: 'clip' },
  ...{ state: 'leaving', url: null, until: null, note: null },
})
const kept = (id: string, different: Partial<KeptTake> = {}): KeptTake => ({
  order: anOrder({ id }),
  attempts: [newAttempt(id, 1, 'own', at)],
  history: [],
  uploads: [],
  ...different,
})
function journal(ports = {}) {
  const opened = openJournal(join(stage.folder, 'studio.db'), () => undefined, ports)
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}

describe('takes that are brought back together', () => {
  it('are all there but for the one that does not fit, which is named', () => {
    const list = journal()
    const twice = newAttempt(odd, 1, 'own', at)
    expect(list.restore([kept(odd, { attempts: [twice, twice] }), kept(good)])).toEqual([odd])
    expect(list.load().records.map(({ order }) => order.id)).toEqual([good])
    expect(list.restore([kept(good)])).toEqual([good])
    list.close()
  })

  it.each([
    [
      'at once',
      (list: ReturnType<typeof journal>) =>
        bringBack(list, stage.folder, [
          kept(odd, { uploads: [upload(odd)] }),
          kept(good, { uploads: [upload(good)] }),
        ]),
      [],
    ],
    [
      'one after the other',
      (list: ReturnType<typeof journal>) => {
        bringBack(list, stage.folder, [kept(good, { uploads: [upload(good)] })])
        bringBack(list, stage.folder, [kept(odd, { uploads: [upload(odd)] })])
      },
      [upload(good)],
    ],
  ] as const)('take down no file that another of them says is its own (%s)', (_when, restore, left) => {
    const list = journal()
    restore(list)
    expect(list.leavingUploads()).toEqual(left)
    list.close()
  })

  it('are none of them there where the disk is full', () => {
    const disk = failingDisk()
    const list = journal(disk.ports)
    disk.fail('room')
    expect(() => list.restore([kept(good)])).toThrow('full')
    disk.fail(null)
    expect(list.load().records).toEqual([])
    list.close()
  })
})
