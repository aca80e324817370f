import { describe, expect, it } from 'vitest'
import { doubtAbout, isSameFile } from '../../../../src/main/takes/place/place.ts'

describe('what tells a library from a copy', () => {
  const file = { inode: '7', born: '100' }
  const noted = { library: 'one', machine: 'mine', file, count: 5 }
  const here = { machine: 'mine', file }

  it('is the computer, then an older state, then the file', () => {
    expect(doubtAbout(null, here, null)).toBe('unnoted')
    expect(doubtAbout(noted, { ...here, machine: 'other' }, null)).toBe('other-computer')
    expect(doubtAbout(noted, here, { count: 6, path: '/a', replaced: false })).toBe('copy')
    expect(doubtAbout(noted, here, { count: 5, path: '/a', replaced: true })).toBe('copy')
    expect(doubtAbout(noted, { ...here, file: { ...file, inode: '8' } }, null)).toBe('copy')
    expect(doubtAbout(noted, here, { count: 5, path: '/a', replaced: false })).toBeNull()
    // A library that is ahead of what is known outside was cut off between both notes.
    expect(doubtAbout(noted, here, { count: 4, path: '/a', replaced: false })).toBeNull()
  })

  it('goes by the time at which the file was made only where both know it', () => {
    expect(isSameFile(file, { inode: '7', born: '101' })).toBe(false)
    expect(isSameFile(file, { inode: '7', born: null })).toBe(true)
  })
})
