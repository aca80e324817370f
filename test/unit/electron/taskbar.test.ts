import { describe, expect, it } from 'vitest'
import {
  createTaskbar,
  showProgress,
  taskbarProgress,
  type TaskbarProgress,
} from '../../../src/main/electron/desktop-status.ts'
import { aTake } from '../../support/library/a-take.ts'
import { aWindow } from '../../support/window/electron-double.ts'

describe('the bar in the taskbar', () => {
  it('is not there while nothing runs', () => {
    expect(taskbarProgress([])).toBe('none')
    expect(taskbarProgress([aTake({ state: 'DONE', progress: 1 }), aTake({ state: 'NEEDS_USER' })])).toBe(
      'none',
    )
  })

  it('is the mean of what runs on this machine', () => {
    const takes = [
      aTake({ state: 'PREPARING', progress: 0.2 }),
      aTake({ state: 'DOWNLOADING', progress: 0.6 }),
      aTake({ state: 'DONE', progress: 1 }),
    ]
    expect(taskbarProgress(takes)).toBeCloseTo(0.4)
  })

  it.each(['INTENT', 'WIRE', 'ACKED'] as const)('is indeterminate while a take is %s', (state) => {
    const takes = [aTake({ state: 'PREPARING', progress: 0.5 }), aTake({ state, progress: 0.9 })]
    expect(taskbarProgress(takes)).toBe('indeterminate')
  })

  it('is indeterminate when a step cannot say how far it is', () => {
    expect(taskbarProgress([aTake({ state: 'UPLOADING', progress: null })])).toBe('indeterminate')
  })

  it('speaks the numbers of Electron', () => {
    const window = aWindow()
    for (const progress of ['none', 'indeterminate', 0.25] as const) showProgress(window, progress)
    expect(window.progress).toEqual([[-1], [2, { mode: 'indeterminate' }], [0.25]])
  })

  it('follows takes from where they are, and goes when the last one ends', () => {
    const shown: TaskbarProgress[] = []
    const follow = createTaskbar(
      [aTake({ id: 'A', state: 'ACKED' }), aTake({ id: 'B', state: 'DONE' })],
      (progress) => shown.push(progress),
    )
    follow(aTake({ id: 'C', state: 'PREPARING', progress: 0.5 }))
    follow(aTake({ id: 'A', state: 'DONE' }))
    follow(aTake({ id: 'C', state: 'REJECTED' }))
    expect(shown).toEqual(['indeterminate', 0.5, 'none'])
  })
})
