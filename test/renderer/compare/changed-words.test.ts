import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changedWords } from '../../../src/renderer/features/compare/changed-words.ts'

const words = (count: number, word: string) => Array.from({ length: count }, () => word).join(' ')

it('shows the words that were replaced, added and removed', () => {
  expect(changedWords('a dancer on a dark stage', 'a dancer on a bright  empty stage')).toEqual([
    { kind: 'same', text: 'a dancer on a' },
    { kind: 'removed', text: 'dark' },
    { kind: 'added', text: 'bright empty' },
    { kind: 'same', text: 'stage' },
  ])
  expect(changedWords('', 'new')).toEqual([{ kind: 'added', text: 'new' }])
  expect(changedWords('old', '')).toEqual([{ kind: 'removed', text: 'old' }])
  expect(changedWords(' ', '')).toEqual([])
})

it('holds both texts, whatever changed between them', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((all) => all.join(' '))
  fc.assert(
    fc.property(text, text, (from, to) => {
      const runs = changedWords(from, to)
      const without = (gone: string) =>
        runs
          .filter(({ kind }) => kind !== gone)
          .map((run) => run.text)
          .join(' ')
      expect(without('added')).toBe(from)
      expect(without('removed')).toBe(to)
    }),
  )
})

it('shows two long texts with nothing in common as a whole each', () => {
  expect(changedWords(words(3000, 'a'), words(3000, 'b'))).toEqual([
    { kind: 'removed', text: words(3000, 'a') },
    { kind: 'added', text: words(3000, 'b') },
  ])
})
