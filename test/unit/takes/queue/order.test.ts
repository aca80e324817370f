import { describe, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import {
  inOrder,
  isSameMember,
  memberOf,
  moveIn,
  placesOf,
  type Member,
} from '../../../../src/main/takes/queue/order.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { recordOf } from '../../../support/library/account-slots-kit.ts'
import { anOrder } from '../../../support/library/an-order.ts'

const member = (id: string, about: Partial<Member> = {}): Member => ({
  id,
  account: 'kling a-1',
  agreedAt: '2026-11-20T12:00:00.000Z',
  isWaiting: true,
  ...about,
})
const known = (...members: readonly Member[]) => new Map(members.map((one) => [one.id, one]))
const ids = (members: readonly Member[]) => members.map(({ id }) => id)

describe('a place in the order', () => {
  it.each<readonly [TakeState, boolean | null]>([
    ['DRAFT', null],
    ['PREPARING', true],
    ['PREPARED', true],
    ['UPLOADING', true],
    ['UPLOADED', true],
    ['READY', true],
    ['INTENT', false],
    ['WIRE', false],
    ['ACKED', null],
    ['UNKNOWN', null],
    ['NEEDS_USER', null],
    ['DONE', null],
    ['REJECTED', null],
  ])('of a take that is %s: it waits: %s', (state, waits) => {
    expect(memberOf(recordOf('1', state))?.isWaiting ?? null).toBe(waits)
  })

  it.each<readonly [TakeState, boolean]>([
    ['PREPARING', true],
    ['READY', true],
    ['ACKED', false],
    ['DRAFT', false],
  ])('of a take that is put off and goes back to %s: %s', (resume, has) => {
    const held = recordOf('1', 'HELD')
    expect(memberOf({ ...held, attempt: { ...held.attempt, resume } }) !== null).toBe(has)
  })

  it('counts from the last agreement, and from the first for attempts that do not name it', () => {
    const order = anOrder({ id: '1', consent: { amount: 0, at: '2026-11-19T08:00:00.000Z' } })
    const attempt = newAttempt('1', 1, 'own', '2026-11-20T12:00:00.000Z')
    expect(memberOf({ order, attempt })?.agreedAt).toBe('2026-11-20T12:00:00.000Z')
    expect(memberOf({ order, attempt: { ...attempt, agreedAt: null } })?.agreedAt).toBe(
      '2026-11-19T08:00:00.000Z',
    )
  })

  it('is another one after a new agreement, or when the take begins to be sent', () => {
    const one = member('1')
    expect(isSameMember(one, member('1'))).toBe(true)
    expect(isSameMember(null, null)).toBe(true)
    expect(isSameMember(one, null)).toBe(false)
    expect(isSameMember(null, one)).toBe(false)
    expect(isSameMember(one, member('1', { isWaiting: false }))).toBe(false)
    expect(isSameMember(one, member('1', { agreedAt: '2026-11-21T12:00:00.000Z' }))).toBe(false)
  })
})

describe('the order', () => {
  it('is that of the agreements, and of the ids where those are the same', () => {
    const early = member('9', { agreedAt: '2026-11-20T11:00:00.000Z' })
    const late = member('0', { agreedAt: '2026-11-20T13:00:00.000Z' })
    expect(ids(inOrder(known(late, member('2'), member('1'), early), []))).toEqual(['9', '1', '2', '0'])
  })

  it('begins with what was arranged, without ids nobody knows and each only once', () => {
    const members = known(member('1'), member('2'), member('3'))
    expect(ids(inOrder(members, ['3', 'gone', '1', '3']))).toEqual(['3', '1', '2'])
  })

  it('counts places by account, and only of those that wait', () => {
    const order = [
      member('1', { isWaiting: false }),
      member('2'),
      member('3', { account: 'kling a-2' }),
      member('4'),
    ]
    expect(placesOf(order)).toEqual([
      { take: '2', place: 1 },
      { take: '3', place: 1 },
      { take: '4', place: 2 },
    ])
  })
})

describe('a move', () => {
  const order = [member('0', { isWaiting: false }), member('1'), member('2'), member('3')]

  it.each([
    ['1', 'last', '0 2 3 1'],
    ['3', 'first', '3 0 1 2'],
    ['3', { before: '2' }, '0 1 3 2'],
    ['1', { before: '3' }, '0 2 1 3'],
    ['1', { before: '1' }, '0 1 2 3'],
    ['2', { before: '2' }, '0 1 2 3'],
  ] as const)('of %s to %j gives %s', (id, to, wanted) => {
    expect(moveIn(order, id, to)?.join(' ')).toBe(wanted)
  })

  it.each([
    ['0', 'first'],
    ['9', 'first'],
    ['0', { before: '0' }],
    ['1', { before: '0' }],
    ['1', { before: '9' }],
  ] as const)('of %s to %j is none, because it does not wait or the other one does not', (id, to) => {
    expect(moveIn(order, id, to)).toBeNull()
  })
})
