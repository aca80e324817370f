import { describe, expect, it } from 'vitest'
import { formatBatch, type BatchItem } from '../../../../src/main/cli/commands/batch-files.ts'

const advice = 'Choose --short loop, or a longer part with --in and --length.'
const tooShort = (clip: string, seconds: number, character: string | null = null): BatchItem => ({
  source: { character, clip },
  state: 'failed',
  problem: {
    code: 'fix-needed',
    message: `The length of the performed part is ${String(seconds)} s; it must be at least 3 s. You can choose to repeat it.`,
    advice,
  },
})
const atHome = (path: string) => path

describe('the table of a batch', () => {
  it('names files without their folders, and says what is to be done once for all', () => {
    const items = [tooShort('/far/away/shoot/a.mp4', 2), tooShort('/far/away/shoot/b.mp4', 2.5, '/face.jpg')]
    const skipped = [{ path: '/far/away/shoot/notes.txt', reason: 'It is neither.' }]
    const text = formatBatch(items, skipped, atHome)
    expect(text).not.toContain('/far')
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^STATE/),
      expect.stringMatching(/^failed +a\.mp4 .* is 2 s; it must be at least 3 s\.$/),
      expect.stringMatching(/^failed +face\.jpg \+ b\.mp4 .* is 2\.5 s; it must be at least 3 s\.$/),
      expect.stringMatching(/^skipped +notes\.txt .* It is neither\.$/),
      '',
      `a.mp4 and 1 more: You can choose to repeat it. ${advice}`,
    ])
  })

  it('tells files of one name apart', () => {
    const text = formatBatch([tooShort('/one/a.mp4', 2), tooShort('/two/a.mp4', 2)], [], atHome)
    expect(text).toMatch(/^failed +\/one\/a\.mp4 /m)
    expect(text).toMatch(/^failed +\/two\/a\.mp4 /m)
  })
})
