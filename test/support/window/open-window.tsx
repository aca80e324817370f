import '@testing-library/jest-dom/vitest'
import { act, cleanup, configure, render } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { afterEach, vi } from 'vitest'
import type { Bridge } from '../../../src/shared/contract.ts'
import { App } from '../../../src/renderer/shell/App.tsx'
import type { FoldName } from '../../../src/renderer/state/folds.ts'
import { useApp } from '../../../src/renderer/state/store.ts'
import type { FakeBridgeOptions } from './fake-answers.ts'
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts'

// A busy machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

/** The system's colour preference, as a test sets it. */
export type FakeSystem = { readonly setDark: (dark: boolean) => void }

/** What jsdom lacks: sizes, media queries, observers and pointers. */
function fillGaps(): FakeSystem {
  let dark = true
  const listeners = new Set<() => void>()
  vi.stubGlobal('matchMedia', (query: string) => ({
    get matches() {
      return query.includes('dark') && dark
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined
      unobserve = () => undefined
      disconnect = () => undefined
    },
  )
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: { configurable: true, value: 360 },
    offsetHeight: { configurable: true, value: 120 },
    clientWidth: { configurable: true, value: 360 },
    clientHeight: { configurable: true, value: 600 },
    hasPointerCapture: { configurable: true, value: () => false },
    setPointerCapture: { configurable: true, value: () => undefined },
    releasePointerCapture: { configurable: true, value: () => undefined },
    scrollIntoView: { configurable: true, value: () => undefined },
  })
  Object.defineProperties(HTMLMediaElement.prototype, {
    play: { configurable: true, value: () => Promise.resolve() },
    pause: { configurable: true, value: () => undefined },
    load: { configurable: true, value: () => undefined },
  })
  return {
    setDark: (value) => {
      dark = value
      listeners.forEach((listener) => {
        listener()
      })
    },
  }
}

function useBridge(bridge: Bridge): void {
  vi.stubGlobal('understudy', bridge)
  useApp.setState(useApp.getInitialState(), true)
}

export type OpenWindow = FakeBridge & { readonly user: UserEvent; readonly system: FakeSystem }

/** The whole window against a studio in memory, as a user finds it. */
export function openWindow(
  options: FakeBridgeOptions = {},
  prepare?: (fake: FakeBridge) => void,
): OpenWindow {
  const system = fillGaps()
  const fake = createFakeBridge(options)
  prepare?.(fake)
  useBridge(fake.bridge)
  const user = userEvent.setup()
  render(<App />)
  return { ...fake, user, system }
}

/** Opens a line of the desk, as a click on it does. */
export const unfold = (fold: FoldName): void => {
  act(() => {
    useApp.getState().setFold(fold, true)
  })
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** A promise that a test settles by hand. */
export function later<T>() {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}
