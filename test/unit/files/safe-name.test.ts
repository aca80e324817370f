import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameProblem, safeName } from '../../../src/main/files/names.ts'

describe('a name from outside', () => {
  it.each([
    ['dance.mp4', 'dance.mp4'],
    ['Tänzer 舞 🕺.mov', 'Tänzer 舞 🕺.mov'],
    ['../../x.png', 'x.png'],
    ['C:\\Users\\me\\x.png', 'x.png'],
    ['.profile', 'profile'],
    ['evil\u202egpj.exe', 'evilgpj.exe'],
    ['a<b>:c?.mp4', 'abc.mp4'],
    ['con.mp4', '_con.mp4'],
    ['  spaced  .mp4', 'spaced  .mp4'],
    ['...', 'file'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeName(name)).toBe(safe)
  })

  it('keeps its extension when it is far too long', () => {
    expect(safeName(`${'舞'.repeat(300)}.mp4`)).toMatch(/^舞{40}\.mp4$/)
  })

  it('always becomes a name that would be accepted from the user', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (name) => {
        expect(nameProblem(safeName(name))).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a name the user types', () => {
  it.each(['result.mp4', 'My take (2).mov', 'Ergebnis – größer.mp4', 'console.mp4'])('%j is fine', (name) => {
    expect(nameProblem(name)).toBeNull()
  })

  it.each([
    '',
    ' ',
    '.',
    '..',
    'a/b.mp4',
    'a\\b.mp4',
    '../x',
    '/etc/x',
    '.hidden',
    'NUL',
    'com1.mp4',
    'a\nb',
    'x.',
  ])('%j is refused with a sentence', (name) => {
    expect(nameProblem(name)).toMatch(/\.$/)
  })
})
