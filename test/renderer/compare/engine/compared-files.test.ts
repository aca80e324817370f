import { expect, it, vi } from 'vitest'
import {
  createComparedFiles,
  type ComparedFile,
} from '../../../../src/renderer/features/compare/engine/compared-files.ts'
import type { Engine, EngineSide } from '../../../../src/renderer/features/compare/engine/engine-types.ts'
import { firstStatus } from '../../../../src/renderer/features/compare/pair-types.ts'
import type { FrameSource } from '../../../../src/renderer/features/compare/engine/frame-source.ts'

const file = (id: string, width = 1920): ComparedFile => ({
  id,
  video: {
    ...{ url: `${id}.mp4`, clockStart: 0, width, height: 1080, duration: 1, frameTimes: [0], hasSound: true },
  },
})

/** Files that open as soon as the next turn, unless a test holds them back. */
function opened() {
  const sources: { readonly url: string; closed: boolean }[] = []
  const sourceOf = (url: string) => {
    const source = { url, closed: false, close: () => (source.closed = true) }
    sources.push(source)
    // The part of it that is used.
    return source as unknown as FrameSource
  }
  const signals: AbortSignal[] = []
  let held: Promise<void> = Promise.resolve()
  const setSides = vi.fn<Engine['setSides']>()
  const replaceSource = vi.fn<Engine['replaceSource']>()
  const setCopy = vi.fn<Engine['setCopy']>()
  const created = vi.fn<(sides: readonly EngineSide[]) => void>()
  const heard = { onOpening: vi.fn(), onCopies: vi.fn(), onFail: vi.fn(), onLeftOut: vi.fn() }
  let onError: (nth: number) => void = () => undefined
  let needed: readonly string[] = ['reference', 'a']
  const files = createComparedFiles({
    ...heard,
    createEngine: (sides) => {
      created(sides)
      return {
        ...{ setSides, replaceSource, setCopy, dispose: () => undefined },
        status: () => ({ ...firstStatus('none'), phase: 'paused', settled: true }),
      } as unknown as Engine
    },
    copyOf: (id, signal) => {
      signals.push(signal)
      return Promise.resolve({ ...file(id).video, url: `${id}-small.mp4` })
    },
    wait: () => new Promise((resolve) => setTimeout(resolve)),
    leadsOf: (ids) => ids.map((id) => id.length),
    isNeeded: (id) => needed.includes(id),
    open: {
      one: async ({ url }) => {
        await held
        return { ok: true, source: sourceOf(url), seeksSlowly: false }
      },
      all: async (videos, events) => {
        await held
        onError = (nth) => {
          events.onError(nth, new Error('damaged'))
        }
        return videos.map(({ url }) =>
          url.startsWith('bad')
            ? { ok: false, why: 'undecodable' }
            : { ok: true, source: sourceOf(url), seeksSlowly: url.includes('long') },
        )
      },
      copy: ({ url }) => Promise.resolve(sourceOf(url)),
    },
  })
  const hold = () => {
    const waiting = Promise.withResolvers<undefined>()
    held = waiting.promise
    return () => {
      waiting.resolve(undefined)
    }
  }
  const urls = () => sources.map(({ url }) => url)
  /** What is to be done in the background is done. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20))
  /** A side of what was opened last can't be decoded any further. */
  const breaks = async (nth: number) => {
    onError(nth)
    await Promise.resolve()
  }
  const need = (...ids: readonly string[]) => {
    needed = ids
  }
  const parts = { files, created, setSides, replaceSource, setCopy, ...heard }
  return { ...parts, sources, urls, hold, signals, settle, breaks, need }
}

it('only what is new is opened, and what is gone is told to the engine that plays on', async () => {
  const { files, created, setSides, urls } = opened()
  await files.show([file('reference'), file('a'), file('b')])
  expect(created).toHaveBeenCalledOnce()
  await files.show([file('reference'), file('b')])
  expect(setSides).toHaveBeenLastCalledWith([0, 2], [9, 1])
  await files.show([file('reference'), file('b'), file('cc')])
  expect(setSides.mock.lastCall?.[0].map((side) => (typeof side === 'number' ? side : 'new'))).toEqual([
    ...[0, 1, 'new'],
  ])
  expect(setSides.mock.lastCall?.[1]).toEqual([9, 1, 2])
  expect(urls()).toEqual(['reference.mp4', 'a.mp4', 'b.mp4', 'cc.mp4'])
  expect([created.mock.calls.length, files.ids()]).toEqual([1, ['reference', 'b', 'cc']])
})

it('a take that is removed while it opens is closed and changes nothing', async () => {
  const { files, setSides, hold, sources, onOpening, onFail } = opened()
  await files.show([file('reference'), file('a')])
  const go = hold()
  const adding = files.show([file('reference'), file('a'), file('b')])
  expect(onOpening).toHaveBeenLastCalledWith(true)
  const removing = files.show([file('reference'), file('a')])
  expect(onOpening).toHaveBeenLastCalledWith(false)
  go()
  await Promise.all([adding, removing])
  expect(sources.map(({ url, closed }) => [url, closed]).at(-1)).toEqual(['b.mp4', true])
  expect([setSides.mock.calls.length, onFail.mock.calls.length]).toEqual([0, 0])
})

it('nothing is compared without the side that is looked at: it says which one can not be decoded', async () => {
  const { files, onFail, created, need, sources } = opened()
  need('reference', 'bad')
  await files.show([file('reference'), file('a'), file('bad')])
  expect(onFail.mock.calls).toEqual([['undecodable', 'bad']])
  expect(created).not.toHaveBeenCalled()
  expect(sources.every(({ closed }) => closed)).toBe(true)
})

it('another take that can not be decoded is left out with its reason, and the others open', async () => {
  const { files, onFail, onLeftOut, onOpening, created, setSides } = opened()
  await files.show([file('reference'), file('bad'), file('a')])
  expect(created.mock.calls[0]?.[0]).toHaveLength(2)
  expect(files.ids()).toEqual(['reference', 'a'])
  expect(onLeftOut.mock.calls).toEqual([[[{ id: 'bad', why: 'undecodable' }]]])
  await files.show([file('reference'), file('a'), file('bad-too')])
  expect(onLeftOut.mock.lastCall).toEqual([[{ id: 'bad-too', why: 'undecodable' }]])
  expect([setSides.mock.calls.length, onFail.mock.calls.length]).toEqual([0, 0])
  expect(onOpening).toHaveBeenLastCalledWith(false)
})

it('a take that fails while it plays is left out, unless it is looked at', async () => {
  const { files, onFail, onLeftOut, setSides, breaks } = opened()
  await files.show([file('reference'), file('a'), file('b'), file('c')])
  await breaks(2)
  expect(setSides.mock.lastCall).toEqual([
    [0, 1, 3],
    [9, 1, 1],
  ])
  expect(onLeftOut.mock.calls).toEqual([[[{ id: 'b', why: 'broken' }]]])
  files.lose(2)
  expect(files.ids()).toEqual(['reference', 'a'])
  // It has gone already.
  await breaks(2)
  expect(onLeftOut).toHaveBeenCalledTimes(2)
  expect(onFail).not.toHaveBeenCalled()
  await breaks(1)
  expect(onFail.mock.calls).toEqual([['broken', 'a']])
  expect(files.ids()).toEqual(['reference', 'a'])
})

it('the machine gets smaller copies once, and the user gets the originals back and stays with them', async () => {
  const { files, replaceSource, onCopies, urls } = opened()
  await files.show([file('reference'), file('a'), file('small', 640)])
  await files.playCopies(false)
  expect(onCopies).toHaveBeenLastCalledWith(['reference', 'a'])
  expect(replaceSource.mock.calls.map(([side]) => side)).toEqual([0, 1])
  await files.playOriginals()
  expect(onCopies).toHaveBeenLastCalledWith([])
  expect(urls().slice(3)).toEqual(['reference-small.mp4', 'a-small.mp4', 'reference.mp4', 'a.mp4'])
  await files.playCopies(false)
  expect(onCopies).toHaveBeenLastCalledWith([])
  await files.playCopies(true)
  expect(onCopies).toHaveBeenLastCalledWith(['reference', 'a'])
})

it('the last choice counts where copies and originals open at the same time', async () => {
  const { files, onCopies, hold, sources, replaceSource } = opened()
  await files.show([file('reference'), file('a')])
  const go = hold()
  const copying = files.playCopies(true)
  const back = files.playOriginals()
  go()
  await Promise.all([copying, back])
  expect(onCopies).not.toHaveBeenCalled()
  expect(replaceSource).not.toHaveBeenCalled()
  expect(sources.slice(2).every(({ closed }) => closed)).toBe(true)
})

it('an added take gets the copy that a seek shows first, and smaller copies that play take its place', async () => {
  const { files, setCopy, replaceSource, settle, urls } = opened()
  await files.show([file('reference'), file('a')])
  await files.show([file('reference'), file('a'), file('long')])
  await settle()
  expect(setCopy.mock.calls.map(([side]) => side)).toEqual([2])
  expect(urls().at(-1)).toBe('long-small.mp4')
  await files.playCopies(true)
  expect(replaceSource.mock.calls.map(([side]) => side)).toEqual([0, 1, 2])
  expect(setCopy.mock.lastCall).toEqual([2, null])
  await files.playOriginals()
  await settle()
  expect(setCopy.mock.lastCall?.[1]).not.toBeNull()
})

it('closing the comparison ends what is asked for it', async () => {
  const { files, signals, settle } = opened()
  await files.show([file('reference'), file('long')])
  await settle()
  await files.playCopies(true)
  files.dispose()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
})
