import { expect, it } from 'vitest'
import { keepLine, keptLine } from '../../../src/renderer/features/compare/kept-lines.ts'

function storage(content: string | null = null) {
  let held = content
  return {
    getItem: () => held,
    setItem: (_name: string, value: string) => {
      held = value
    },
  }
}

it('finds the line of every comparison where it was left', () => {
  const kept = storage()
  keepLine(kept, 'one', 0.2)
  keepLine(kept, 'other', 0.9)
  keepLine(kept, 'one', 0.3)
  expect([keptLine(kept, 'one'), keptLine(kept, 'other'), keptLine(kept, 'third')]).toEqual([0.3, 0.9, null])
})

it('forgets the oldest of more than a hundred', () => {
  const kept = storage()
  for (let index = 0; index <= 100; index += 1) keepLine(kept, String(index), 0.1)
  expect([keptLine(kept, '0'), keptLine(kept, '1'), keptLine(kept, '100')]).toEqual([null, 0.1, 0.1])
})

it.each(['', 'not JSON', '{}', '[["one"]]', '[["one",7]]', 'null'])(
  'reads nothing from %j, and replaces it',
  (content) => {
    const kept = storage(content)
    expect(keptLine(kept, 'one')).toBeNull()
    keepLine(kept, 'one', 0.4)
    expect(keptLine(kept, 'one')).toBe(0.4)
  },
)
