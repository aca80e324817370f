import { describe, expect, it } from 'vitest'
import { libraryNotices } from '../../../src/main/takes/problems.ts'
import type { Problem } from '../../../src/shared/outcome.ts'

const nothing = { broken: null, opened: null, left: null, clock: null, settings: null }
const problem = (message: string, detail?: string): Problem => ({
  code: 'library-damaged',
  message,
  ...(detail !== undefined && { detail }),
})

describe('What is wrong with a library as a whole', () => {
  it('is nothing while all is well', () => {
    expect(libraryNotices(nothing)).toEqual([])
  })

  it('is told with the gravest first, and nothing is hidden behind it', () => {
    const told = libraryNotices({
      broken: problem('broken'),
      opened: problem('opened'),
      settings: problem('settings'),
      left: problem('left'),
      clock: problem('clock'),
    })
    expect(told.map(({ problem: { message } }) => message)).toEqual([
      'broken',
      'opened',
      'settings',
      'left',
      'clock',
    ])
    expect(told.map(({ stays }) => stays)).toEqual([true, false, false, false, false])
  })

  it.each([
    ['a task', '01JD2CCCCCCCCCCCCCCCCCCCCC: task 8'],
    ['a take', 'The file is kept.\n01JD2CCCCCCCCCCCCCCCCCCCCC'],
  ])('stays where it names %s, which may have been paid for', (_what, detail) => {
    expect(libraryNotices({ ...nothing, opened: problem('opened', detail) })[0]?.stays).toBe(true)
  })

  it('may be put away where it only says that the list was mended', () => {
    const detail = 'The damaged file is kept as studio.db.damaged-2026-11-21T15-03-20-000Z.'
    expect(libraryNotices({ ...nothing, opened: problem('opened', detail) })[0]?.stays).toBe(false)
  })
})
