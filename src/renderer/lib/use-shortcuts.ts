import { useEffect, useEffectEvent, useRef } from 'react'
import { commandFor, isMac, shortcuts, type CommandOf, type Scope } from './shortcuts.ts'

/** Whether it is a text field, where plain keys are letters. */
export const writesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** Keys belong to what is open over the page: it has one of these roles only while it is open. */
const overPage = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const isCovered = (): boolean => document.querySelector(overPage) !== null

/** Controls that use the arrow keys themselves when they have the focus. */
const usesArrows = '[role="radio"], [role="tab"], [role="slider"]:not([data-scrub]), select'

/** Opens as soon as a key goes down, before the window hears that the space bar was not meant for it. */
const opensMenu = '[aria-haspopup="menu"]'

/** Controls that do something on a press of the space bar. */
const pressedBySpace = 'button, summary, a, select, [role="switch"], [role="checkbox"]'

/**
 * Whether the space bar belongs to the control that has the focus. In an editor it plays, whatever was clicked: Premiere,
 * Resolve and Final Cut do so, because a hand that has just used the mouse does not know which button holds the focus.
 * On the web it presses the focused button, and people who use no mouse depend on it. Both are right, so what decides is
 * how the control got the focus: by Tab, or by a click or a dialog that gave it back. `:focus-visible` cannot tell: after
 * Escape it also holds for a button that was clicked before.
 */
function useControlFocus(): (event: KeyboardEvent) => boolean {
  const tabbed = useRef(new WeakSet<EventTarget>())
  useEffect(() => {
    let tabbing = false
    const onKeyDown = ({ key }: KeyboardEvent) => {
      tabbing = key === 'Tab'
    }
    const onFocus = ({ target }: FocusEvent) => {
      if (tabbing && target) tabbed.current.add(target)
    }
    const onPress = (event: PointerEvent) => {
      tabbing = false
      for (const target of event.composedPath()) tabbed.current.delete(target)
    }
    document.addEventListener('keydown', onKeyDown, true)
    document.addEventListener('focusin', onFocus, true)
    document.addEventListener('pointerdown', onPress, true)
    return () => {
      document.removeEventListener('keydown', onKeyDown, true)
      document.removeEventListener('focusin', onFocus, true)
      document.removeEventListener('pointerdown', onPress, true)
    }
  }, [])
  return ({ target }) => {
    const control = target instanceof Element ? target.closest(pressedBySpace) : null
    return control !== null && tabbed.current.has(control)
  }
}

/** Whether a part of the window that has the focus, and says so with `data-keys`, uses this key in a scope of its own. */
function isOthers(scope: Scope, event: KeyboardEvent): boolean {
  const part = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-keys]') : null
  const own = (Object.keys(shortcuts) as readonly Scope[]).find((known) => known === part?.dataset['keys'])
  return own !== undefined && own !== scope && commandFor(own, event, isMac()) !== null
}

type Handlers<S extends Scope> = Readonly<Record<CommandOf<S>, () => void>>

/** Ends what a key began, when the key is released, or when the window loses the keyboard and would not hear of it. */
function useReleases<S extends Scope>(
  release: Partial<Handlers<S>>,
): (key: string, id: CommandOf<S>) => void {
  const down = useRef(new Map<string, CommandOf<S>>())
  const onRelease = useEffectEvent((id: CommandOf<S>) => {
    release[id]?.()
  })
  useEffect(() => {
    const held = down.current
    const end = ([key, id]: readonly [string, CommandOf<S>]) => {
      held.delete(key)
      onRelease(id)
    }
    const onKeyUp = ({ code }: KeyboardEvent) => {
      const id = held.get(code)
      if (id !== undefined) end([code, id])
    }
    const onBlur = () => {
      for (const entry of [...held]) end(entry)
    }
    document.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', onBlur)
    return () => {
      document.removeEventListener('keyup', onKeyUp)
      window.removeEventListener('blur', onBlur)
    }
  }, [])
  return (key, id) => {
    if (release[id]) down.current.set(key, id)
  }
}

type KeyScope = Exclude<Scope, 'controls'>

/**
 * Runs the commands of a scope by their keys, wherever the focus is, unless a dialog, a menu, a text field or another
 * control needs them. Every command of the scope needs a handler; `release`: what ends with the key that began it.
 */
export function useShortcuts<S extends KeyScope>(
  scope: S,
  run: Handlers<S>,
  release: Partial<Handlers<S>> = {},
): void {
  useKeys(scope, run, release)
}

/** The same for one command of a scope, while there is nothing yet for the others to act on. */
export function useShortcut<S extends KeyScope>(scope: S, id: CommandOf<S>, run: () => void): void {
  const only: Partial<Handlers<S>> = {}
  only[id] = run
  useKeys(scope, only, {})
}

function useKeys<S extends KeyScope>(
  scope: S,
  run: Partial<Handlers<S>>,
  release: Partial<Handlers<S>>,
): void {
  const holdsSpace = useControlFocus()
  const begun = useReleases(release)
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    const command = commandFor(scope, event, isMac())
    const act = command === null ? undefined : run[command.id]
    if (command === null || !act || event.defaultPrevented || isCovered()) return
    if (!command.inFields && writesText(event.target)) return
    if (isOthers(scope, event)) return
    if (event.key === ' ' && holdsSpace(event)) return
    const usesKey = /^(Arrow|Home|End)/.test(event.key) ? usesArrows : null
    if (usesKey !== null && event.target instanceof Element && event.target.closest(usesKey)) return
    event.preventDefault()
    if (event.repeat && !command.repeats) return
    act()
    // By the place of the key: its letter is another one if Shift is released first.
    begun(event.code, command.id)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      onPress(event)
    }
    const listenBefore = (event: KeyboardEvent) => {
      if (event.key !== ' ' || !(event.target instanceof Element) || !event.target.closest(opensMenu)) return
      onPress(event)
      if (event.defaultPrevented) event.stopPropagation()
    }
    document.addEventListener('keydown', listen)
    document.addEventListener('keydown', listenBefore, true)
    return () => {
      document.removeEventListener('keydown', listenBefore, true)
      document.removeEventListener('keydown', listen)
    }
  }, [])
}
