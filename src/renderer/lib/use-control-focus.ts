import { useEffect, useRef } from 'react'

/** Controls that do something on a press of the space bar. */
const pressedBySpace = 'button, summary, a, select, [role="switch"], [role="checkbox"]'

/**
 * Whether the space bar belongs to the control that has the focus. In an editor it plays, whatever was clicked: Premiere,
 * Resolve and Final Cut do so, because a hand that has just used the mouse does not know which button holds the focus.
 * On the web it presses the focused button, and people who use no mouse depend on it. Both are right for whoever came to
 * the control their own way, so what decides is how it got the focus: by Tab, or by a click or a dialog that gave it
 * back. `:focus-visible` cannot tell: after Escape it also holds for a button that was clicked before.
 */
export function useControlFocus(): (event: KeyboardEvent) => boolean {
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
