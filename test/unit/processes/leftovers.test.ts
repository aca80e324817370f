import { describe, expect, it } from 'vitest'
import {
  folderNameOf,
  isGone,
  isStill,
  isTemporary,
  ownerOf,
  readNote,
} from '../../../src/main/processes/leftovers.ts'

const started = 'boot4e0a.8812345'
const tool = { kind: 'tool', pid: 4711, started, command: ['/opt/ffmpeg', '-y'] } as const
const running = { started, command: '/opt/ffmpeg\0-y\0' }

describe('the owner of a folder', () => {
  it.each([
    { pid: 4711, started },
    { pid: 1, started: '1790000000000' },
  ])('is told by its name: $pid', (owner) => {
    expect(ownerOf(folderNameOf(owner))).toEqual(owner)
  })

  it.each(['element-abc', '0a1b2c3d4e5f6071', '12-', '-12', '12-34-56', '12-../..'])(
    'is nobody for %s',
    (name) => {
      expect(ownerOf(name)).toBeNull()
    },
  )

  it('is gone when nobody, or somebody who started at another time, has its number', () => {
    const owner = { pid: 4711, started }
    expect(isGone(owner, 'gone')).toBe(true)
    expect(isGone(owner, { started: 'boot4e0a.9', command: 'sshd' })).toBe(true)
    expect(isGone(owner, { started, command: 'whatever it calls itself now' })).toBe(false)
    expect(isGone(owner, 'unknown')).toBe(false)
  })
})

describe('a noted tool', () => {
  it('is the one that runs only when both its start and its command line are the same', () => {
    expect(isStill(tool, running)).toBe(true)
    expect(isStill(tool, { ...running, started: 'boot4e0a.8812346' })).toBe(false)
    expect(isStill(tool, { ...running, command: 'sshd\0' })).toBe(false)
    expect(isStill(tool, 'gone')).toBe(false)
    expect(isStill(tool, 'unknown')).toBe(false)
  })
})

describe('a note', () => {
  it('that was torn or is none of ours is no note', () => {
    const whole = JSON.stringify(tool)
    expect(readNote(whole)).toEqual(tool)
    expect(readNote(whole.slice(0, -4))).toBeNull()
    // 1 is the parent of all, and a group of that number would be everybody.
    expect(readNote(JSON.stringify({ ...tool, pid: 1 }))).toBeNull()
    expect(readNote('{"kind":"folder","path":"/"}')).toBeNull()
  })

  it.each(['/x/.0a1b2c3d4e5f.part', '/x/.0a1b2c3d4e5f6071.part.mp4', '/x/.understudy-aB3x_9'])(
    'of %s means a file of ours',
    (path) => {
      expect(isTemporary(path)).toBe(true)
    },
  )

  it.each([
    '/x/holiday.mp4',
    '/x/result.mp4.part',
    '/x/.0a1b.part',
    '/x/.0a1b2c3d4e5f.part/..',
    '/x/.profile',
  ])('of %s deletes nothing', (path) => {
    expect(isTemporary(path)).toBe(false)
  })
})
