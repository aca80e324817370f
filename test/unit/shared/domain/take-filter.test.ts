import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  longestFilter,
  mostParts,
  parseFilter,
  stateGroupOf,
} from '../../../../src/shared/domain/take-filter.ts'
import { chipsOf } from '../../../../src/shared/text/filter-chips.ts'

const read = (text: string) => {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.value
}
const labels = (text: string) => chipsOf(read(text)).map(({ label }) => label)

describe('a filter', () => {
  it.each([
    ['stars>=4 provider:kling "red coat"', ['At least 4 stars', 'Kling', '“red coat”']],
    ['stars=1 stars<3 STARS:5', ['1 star', 'Fewer than 3 stars', '5 stars']],
    ['flag:pick -flag:reject flag:none', ['Picked', 'Not rejected', 'No flag']],
    ['tag:red -tag:"Red coat" board:"Hero one"', ['Tag: red', 'Not tag: Red coat', 'Board: Hero one']],
    ['number:12 #13 number>=100', ['Take 12', 'Take 13', 'From take 100']],
    ['state:running mode:pro', ['Running', 'Mode: pro']],
    ['clip:dance character:"the fox" model:v3', ['Clip: dance', 'Character: the fox', 'Model: v3']],
    ['before:2026-11-20 after:2024-02-29', ['Before 2026-11-20', 'From 2024-02-29']],
    ['has:note -has:board', ['With a note', 'Not on a board']],
    ['-red wor-d 12:30 https://a.example', ['Not red', 'wor-d', '12:30', 'https://a.example']],
    ['provider:kl -provider:"Oxen.ai"', ['Kling or Kling gateway', 'Not Oxen.ai']],
    ['"still typ', ['still typ']],
    ['- " " ... ', []],
  ])('%s', (text, expected) => {
    expect(labels(text)).toEqual(expected)
  })

  it.each([
    ['stars>=6', 'Compare with 0 to 5'],
    ['stars>=', 'Compare with 0 to 5'],
    ['red stars:many', 'Compare with 0 to 5'],
    ['number:x', 'number:12'],
    ['flag:red', 'pick, reject or none'],
    ['tag:', 'Write a name after it'],
    ['clip:', 'Write a word after it'],
    ['provider:nobody', 'Possible providers: practice, kling'],
    ['state:gone', 'done, failed, running or waiting'],
    ['mode:best', 'std or pro'],
    ['before:2026-02-30', 'before:2026-11-20'],
    ['after:yesterday', 'after:2026-11-20'],
    ['has:hands', 'name, note, stars, flag, tag or board'],
    ['toString:x', 'Possible filters: stars'],
    ['colour:red', 'Possible filters: stars'],
    ['state>done', 'Use a colon: state:done'],
  ])('refuses %s, names it and says what is possible', (text, possible) => {
    const parsed = parseFilter(text)
    expect(parsed.ok ? null : parsed.problem.message).toContain(text.split(' ').at(-1))
    expect(parsed.ok ? null : parsed.problem.advice).toContain(possible)
  })

  it('has an end', () => {
    expect(parseFilter('x'.repeat(longestFilter + 1)).ok).toBe(false)
    expect(parseFilter('x '.repeat(mostParts)).ok).toBe(true)
    expect(parseFilter('x '.repeat(mostParts + 1)).ok).toBe(false)
  })
})

const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'stars>=4',
        '-',
        '"',
        'tag:',
        'a',
        '"b c"',
        '-x',
        'board:"H o"',
        '#3',
        ' ',
        ':',
        '\n',
        'flag:pick',
      ),
    )
    .map((parts) => parts.join('')),
)

it('random text is read or refused, and never throws', () => {
  fc.assert(
    fc.property(typed, (text) => {
      expect(typeof parseFilter(text).ok).toBe('boolean')
    }),
  )
})

it('a chip that is removed leaves the filter of the others', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseFilter(text)
      fc.pre(parsed.ok && parsed.value.length > 0)
      const [first, ...others] = parsed.value
      expect(chipsOf(parsed.value)[0]?.text).toBe(first?.text)
      expect(read(chipsOf(parsed.value)[0]?.remove ?? '').map(({ condition }) => condition)).toEqual(
        others.map(({ condition }) => condition),
      )
    }),
  )
})

it('puts every state where a person looks for it', () => {
  expect(stateGroupOf('DONE')).toBe('done')
  expect(stateGroupOf('EXPIRED')).toBe('failed')
  expect(stateGroupOf('HELD')).toBe('waiting')
  expect(stateGroupOf('ACKED')).toBe('running')
})
