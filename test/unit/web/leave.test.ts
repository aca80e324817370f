import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { windowFate } from '../../../src/main/web/lifetime.ts'

/** Pages that come and go, a window that ends, and a clock, all by command. */
function aStudio() {
  let count = 0
  let endWindow = () => {}
  let due: (() => void)[] = []
  let fate: string | undefined
  const listeners = new Set<(count: number) => void>()
  const windowEnded = new Promise<void>((resolve) => {
    endWindow = resolve
  })
  const settled = async () => {
    for (let turn = 0; turn < 3; turn += 1) await setImmediate()
  }
  void windowFate({
    windowEnded,
    grace: 5_000,
    sockets: {
      count: () => count,
      onCount: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    clock: {
      sleep: (_, signal) =>
        new Promise((resolve) => {
          due.push(resolve)
          signal?.addEventListener('abort', () => resolve())
        }),
    },
  }).then((how) => {
    fate = how
  })
  return {
    pages: async (now: number) => {
      count = now
      listeners.forEach((listener) => listener(now))
      await settled()
    },
    windowEnds: async () => {
      endWindow()
      await settled()
    },
    graceEnds: async () => {
      due.forEach((resolve) => resolve())
      due = []
      await settled()
    },
    fate: () => fate,
    listeners: () => listeners.size,
  }
}

describe('the studio', () => {
  it('is left when its window is closed and nobody came back for a while', async () => {
    const studio = aStudio()
    await studio.pages(1)
    await studio.windowEnds()
    await studio.pages(0)
    expect(studio.fate()).toBeUndefined()
    await studio.graceEnds()
    expect(studio.fate()).toBe('left')
    expect(studio.listeners()).toBe(0)
  })

  it('is not left while the window stands, even when its page is away for long', async () => {
    const studio = aStudio()
    await studio.pages(1)
    await studio.pages(0)
    await studio.graceEnds()
    expect(studio.fate()).toBeUndefined()
  })

  it('is not left by a reload', async () => {
    const studio = aStudio()
    await studio.pages(1)
    await studio.windowEnds()
    await studio.pages(0)
    await studio.pages(1)
    await studio.graceEnds()
    expect(studio.fate()).toBeUndefined()
  })

  it('is not left while another browser still shows it', async () => {
    const studio = aStudio()
    await studio.pages(2)
    await studio.windowEnds()
    await studio.pages(1)
    await studio.graceEnds()
    expect(studio.fate()).toBeUndefined()
  })

  it('goes on when a browser that already ran took the window over', async () => {
    const studio = aStudio()
    await studio.windowEnds()
    await studio.pages(1)
    await studio.graceEnds()
    expect(studio.fate()).toBeUndefined()
    await studio.pages(0)
    await studio.graceEnds()
    expect(studio.fate()).toBe('left')
  })

  it('was never shown when the window ended without a page', async () => {
    const studio = aStudio()
    await studio.windowEnds()
    await studio.graceEnds()
    expect(studio.fate()).toBe('never-came')
  })
})
