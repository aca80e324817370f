import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openJournal, type Journal } from '../../../../src/main/takes/journal/journal.ts'
import { parseFilter } from '../../../../src/shared/domain/take-filter.ts'
import { someSettings } from '../../../support/clips/facts.ts'
import { addTake, catalogueStage, takeOf } from '../../../support/library/catalogue-stage.ts'

const stage = catalogueStage()

const found = (journal: Journal, filter: string) => {
  const parsed = parseFilter(filter)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return journal.search({ filter: parsed.value, order: 'oldest', group: null }).map(({ number }) => number)
}

/** Opens the same library with or without full-text search. */
const open = (fullText: boolean) => {
  const opened = openJournal(stage.path, () => undefined, fullText ? {} : { fullText: () => false })
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}

/** Three takes that differ in everything a filter can ask for. */
function fill(journal: Journal): void {
  const add = (
    nth: number,
    day: string,
    settings: Parameters<typeof someSettings>[0],
    names: string,
    state: 'DONE' | 'ACKED' | 'DRAFT',
  ) =>
    addTake(
      { journal },
      stage.library,
      {
        id: takeOf(nth),
        createdAt: `${day}T12:00:00.000Z`,
        settings: someSettings(settings),
        clipName: `${names}.mp4`,
        characterName: `${names}.png`,
      },
      { state },
    )
  add(
    1,
    '2026-11-10',
    {
      provider: 'oxen',
      model: 'kling-video-v3-pro-motion-control',
      mode: 'pro',
      prompt: 'A red coat, café lights',
    },
    'dance_final',
    'DONE',
  )
  add(
    2,
    '2026-11-20',
    { provider: 'kling', model: 'kling-v3', mode: 'std', prompt: 'coat of red' },
    'Sprung-über',
    'ACKED',
  )
  add(
    3,
    '2026-11-25',
    { provider: 'kling-gateway', model: 'kling-v2-6', mode: 'std', prompt: '红色外套在跳舞' },
    'wave',
    'DRAFT',
  )
  journal.saveMarks([
    {
      take: takeOf(1),
      number: 1,
      name: 'Hero take',
      stars: 4,
      flag: 'pick',
      tags: ['Red coat', 'x'],
      note: 'left hand',
    },
    { take: takeOf(3), number: 3, name: null, stars: 1, flag: 'reject', tags: ['x'], note: '' },
  ])
}

const questions: readonly (readonly [string, readonly number[]])[] = [
  ['', [1, 2, 3]],
  ['red coat', [1, 2]],
  ['"red coat"', [1]],
  ['"red co', [1]],
  ['CAFE', [1]],
  ['uber', [2]],
  ['oxen', [1]],
  ['gateway', [3]],
  ['final', [1]],
  ['inal', []],
  ['外套', [3]],
  ['-red', [3]],
  ['hero', [1]],
  ['left han', [1]],
  ['clip:sprung -clip:wave', [2]],
  ['character:dance', [1]],
  ['model:v3', [1, 2]],
  ['model:kling-v3', [2]],
  ['provider:kling', [2]],
  ['provider:kl', [2, 3]],
  ['stars>=4', [1]],
  ['stars<4', [2, 3]],
  ['-stars=0', [1, 3]],
  ['flag:pick', [1]],
  ['flag:none', [2]],
  ['-flag:pick', [2, 3]],
  ['tag:"red COAT"', [1]],
  ['tag:x -tag:"red coat"', [3]],
  ['tag:red', []],
  ['#2', [2]],
  ['number>=2', [2, 3]],
  ['state:done', [1]],
  ['state:running', [2]],
  ['state:waiting', [3]],
  ['state:failed', []],
  ['mode:pro', [1]],
  ['before:2026-11-20', [1]],
  ['after:2026-11-20', [2, 3]],
  ['-after:2026-11-25', [1, 2]],
  ['has:note', [1]],
  ['-has:name', [2, 3]],
  ['has:tag has:stars has:flag', [1, 3]],
  ['board:Hero', []],
]

describe.each([true, false])('search (with full-text search: %s)', (fullText) => {
  it('finds what is asked for and nothing else', () => {
    const journal = open(fullText)
    fill(journal)
    const answers = questions.map(([filter]) => [filter, found(journal, filter)])
    journal.close()
    expect(answers).toEqual(questions.map(([filter, numbers]) => [filter, numbers]))
    expect(journal.isFullText).toBe(fullText)
  })

  it('never takes text of the user for its own language', () => {
    const journal = open(fullText)
    fill(journal)
    const piece = fc.constantFrom(
      '"',
      '*',
      '(',
      ')',
      'AND',
      'OR',
      'NOT',
      'NEAR(',
      '^',
      ':',
      '{',
      '-',
      '+',
      "'",
      '\0',
      'a',
      ' ',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (filter) => {
        const parsed = parseFilter(filter)
        if (parsed.ok) journal.search({ filter: parsed.value, order: 'stars', group: 'clip' })
      }),
    )
    journal.close()
  })
})

it('knows what was changed while there was no full-text search', () => {
  const first = open(true)
  fill(first)
  first.close()
  const without = open(false)
  const [take] = without.marksOf([takeOf(2)])
  if (!take) throw new Error('it is listed')
  without.saveMarks([{ ...take, note: 'elephant' }])
  without.close()
  const again = open(true)
  expect([found(again, 'elephant'), found(again, 'hero')]).toEqual([[2], [1]])
  again.close()
})
