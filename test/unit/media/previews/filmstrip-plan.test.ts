import { describe, expect, it } from 'vitest'
import { stripLanes, stripPasses } from '../../../../src/main/media/previews/filmstrip.ts'
import { aClip } from '../../../support/clips/facts.ts'

const times = [1, 3, 5, 7, 9, 11, 13, 15]

describe('the passes of a strip', () => {
  it('begin with keyframes where these meet half of the times or more', () => {
    expect(stripPasses(1, aClip({ keyframeInterval: 4 }))[0]).toBe('keyframes')
    expect(stripPasses(1, aClip({ keyframeInterval: 4.1 }))[0]).toBe('referred')
  })

  it('decode every frame where the strip is finer than the frames that others refer to', () => {
    expect(stripPasses(0.1, aClip({ keyframeInterval: 1 }))).toEqual(['all'])
  })
})

describe('the lanes of a strip', () => {
  it('share the times out in order, each to one', () => {
    const lanes = stripLanes([...times].reverse(), 'referred', aClip({ keyframeInterval: 2 }), 3)
    expect(lanes).toHaveLength(3)
    expect(lanes.flat()).toEqual(times)
  })

  it('are fewer where a part would be shorter than the way between two keyframes', () => {
    expect(stripLanes(times, 'referred', aClip({ keyframeInterval: 7 }), 4)).toHaveLength(2)
    expect(stripLanes(times, 'referred', aClip({ keyframeInterval: 30 }), 4)).toEqual([times])
  })

  it('are one for keyframes, which are quick, and for AVI, which is read from its beginning', () => {
    expect(stripLanes(times, 'keyframes', aClip({ keyframeInterval: 1 }), 4)).toEqual([times])
    expect(stripLanes(times, 'all', aClip({ keyframeInterval: 1, container: 'avi' }), 4)).toEqual([times])
  })

  it('are never more than there are times', () => {
    expect(stripLanes([1, 20], 'all', aClip({ keyframeInterval: 1 }), 4)).toEqual([[1], [20]])
  })
})
