import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backTo,
  changedMarks,
  longest,
  mostTags,
  readTag,
  sameMarks,
  unmarked,
  type MarksChange,
} from '../../../../src/shared/domain/marks.ts'

const none = { ...unmarked, number: 7 }
const after = (...changes: readonly MarksChange[]) =>
  changes.reduce(
    (marks, change) => {
      const next = changedMarks(marks, change)
      if (!next.ok) throw new Error(next.problem.message)
      return next.value
    },
    { ...none, tags: [] as readonly string[] },
  )

describe('tags', () => {
  it('are the same in any case, and keep the case they were first given in', () => {
    const marks = after({ addTags: ['Red coat'] }, { addTags: [' red  COAT ', 'blue'] })
    expect(marks.tags).toEqual(['Red coat', 'blue'])
    expect(after({ tags: ['Red coat', 'RED COAT'] }, { removeTags: ['red coat'] }).tags).toEqual([])
  })

  it('are composed, so that two ways to type a letter are one tag', () => {
    expect(after({ addTags: ['caf\u00e9', 'cafe\u0301'] }).tags).toEqual(['caf\u00e9'])
  })

  it.each(['', '   ', 'a,b', 'say "hi"', 'x'.repeat(longest.tag + 1)])('refuse “%s” and say why', (text) => {
    expect(readTag(text)).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })

  it('are limited in number, and can still be removed where there are more', () => {
    const many = Array.from({ length: mostTags }, (_, nth) => `t${String(nth)}`)
    expect(changedMarks(after({ tags: many }), { addTags: ['one more'] }).ok).toBe(false)
    const kept = { ...none, tags: [...many, 'from', 'later'] }
    expect(changedMarks(kept, { removeTags: ['from'] }).ok).toBe(true)
  })
})

describe('a name and a note', () => {
  it('lose what nobody sees, and a name is one line', () => {
    const marks = after({ name: ' Hero\n\u202etake\u200b ', note: ' one\r\ntwo \u0000' })
    expect([marks.name, marks.note]).toEqual(['Hero take', 'one\ntwo'])
    expect(after({ name: 'Hero' }, { name: ' ' }).name).toBeNull()
  })

  it('are refused where they are too long', () => {
    expect(changedMarks(none, { name: 'x'.repeat(longest.name + 1) }).ok).toBe(false)
    expect(changedMarks(none, { note: 'x'.repeat(longest.note + 1) }).ok).toBe(false)
  })
})

const text = fc.string({ unit: 'binary', maxLength: 60 })
const change = fc.record<MarksChange>(
  {
    name: fc.option(text),
    stars: fc.nat(5),
    flag: fc.constantFrom('pick', 'reject', null),
    note: text,
    tags: fc.array(text, { maxLength: 4 }),
    addTags: fc.array(text, { maxLength: 4 }),
  },
  { requiredKeys: [] },
)

it('undo brings back exactly the marks before, whatever was changed in between', () => {
  fc.assert(
    fc.property(change, change, (first, second) => {
      const before = changedMarks(none, first)
      fc.pre(before.ok)
      const changed = changedMarks(before.value, second)
      fc.pre(changed.ok)
      const undone = changedMarks(changed.value, backTo(before.value))
      expect(undone.ok && sameMarks(undone.value, before.value)).toBe(true)
    }),
  )
})
