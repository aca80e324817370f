import { EventEmitter } from 'node:events'
import type { Notification } from 'electron'
import { describe, expect, it } from 'vitest'
import { createNotices } from '../../../src/main/electron/desktop-status.ts'
import { noticeFor } from '../../../src/shared/text/take-notice.ts'
import { takeStates, type Take, type TakeState } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'

const spoken: readonly TakeState[] = ['DONE', 'REJECTED', 'REMOTE_FAILED', 'EXPIRED', 'NEEDS_USER']
const problem = { code: 'provider-refused', message: 'The provider refused the clip.' } as const

describe('what is told about a take', () => {
  it.each(spoken)('is told when it becomes %s', (state) => {
    expect(noticeFor('DOWNLOADING', aTake({ state }))).not.toBeNull()
  })

  it.each(takeStates.filter((state) => !spoken.includes(state)))(
    'is not told when it becomes %s',
    (state) => {
      expect(noticeFor('DOWNLOADING', aTake({ state }))).toBeNull()
    },
  )

  it('names the two files, and the reason when there is one', () => {
    expect(noticeFor('DOWNLOADING', aTake({ state: 'DONE' }))).toEqual({
      title: 'Your take is ready',
      body: '“hero.png” with “dance.mp4”',
    })
    expect(noticeFor('WIRE', aTake({ state: 'REJECTED', problem }))).toEqual({
      title: 'A take failed',
      body: '“hero.png” with “dance.mp4”: The provider refused the clip.',
    })
  })

  it('is told when it fell back to a draft, but not when the user cancelled it', () => {
    const fallen = aTake({ problem: { code: 'disk-full', message: 'The disk is full.' } })
    expect(noticeFor('PREPARING', fallen)?.title).toBe('A take needs you')
    const cancelled = aTake({ problem: { code: 'cancelled', message: 'Preparing was cancelled.' } })
    expect(noticeFor('PREPARING', cancelled)).toBeNull()
  })

  it('is told once, and never about takes of earlier days', () => {
    expect(noticeFor('DONE', aTake({ state: 'DONE', progress: 1 }))).toBeNull()
    expect(noticeFor(undefined, aTake({ state: 'DONE' }))).toBeNull()
  })
})

type About = { known?: readonly Take[]; wanted?: boolean; audible?: boolean; watching?: boolean }

function aDesktop(about: About = {}) {
  const shown: {
    readonly title?: string
    readonly silent: boolean | undefined
    readonly emitter: EventEmitter
  }[] = []
  let raised = 0
  const notify = createNotices(about.known ?? [aTake({ state: 'DOWNLOADING' })], {
    show: (options) => {
      const emitter = new EventEmitter()
      const entry = { title: options.title ?? '', silent: options.silent, emitter }
      return Object.assign(emitter, { show: () => shown.push(entry) }) as unknown as Notification
    },
    wanted: () => about.wanted ?? true,
    audible: () => about.audible ?? true,
    watching: () => about.watching ?? false,
    focus: () => {
      raised += 1
    },
  })
  return { notify, shown, raised: () => raised }
}

describe('notifications', () => {
  it('are shown when a take is done, and a click brings the studio to the front', () => {
    const { notify, shown, raised } = aDesktop()
    notify(aTake({ state: 'VERIFIED' }))
    notify(aTake({ state: 'DONE' }))
    expect(shown.map((entry) => entry.title)).toEqual(['Your take is ready'])
    shown[0]?.emitter.emit('click')
    expect(raised()).toBe(1)
  })

  it('respect the setting', () => {
    const { notify, shown } = aDesktop({ wanted: false })
    notify(aTake({ state: 'DONE' }))
    expect(shown).toEqual([])
  })

  it('are silent where the window plays its own sound, or the user wants none', () => {
    for (const audible of [true, false]) {
      const { notify, shown } = aDesktop({ audible })
      notify(aTake({ state: 'DONE' }))
      expect(shown.map(({ silent }) => silent)).toEqual([!audible])
    }
  })

  it('are spared while the user looks at the studio', () => {
    const { notify, shown } = aDesktop({ watching: true })
    notify(aTake({ state: 'DONE' }))
    expect(shown).toEqual([])
  })

  it('are shown for a take that began after the start', () => {
    const { notify, shown } = aDesktop({ known: [] })
    notify(aTake({ state: 'PREPARING' }))
    notify(aTake({ state: 'NEEDS_USER' }))
    expect(shown.map((entry) => entry.title)).toEqual(['A take needs you'])
  })
})
