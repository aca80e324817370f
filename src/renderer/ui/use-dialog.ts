import { useEffect, useEffectEvent, useRef, useState, type MouseEvent } from 'react'
import type { Milliseconds } from '../../shared/units.ts'

/** The second press of a double click comes within this time, as systems have it by default. */
const doubleClick: Milliseconds = 500

const dialogs = '[role="dialog"], [role="alertdialog"]'

/** For each dialog, who had the focus when it opened, the nearest first. */
const openersOf = new WeakMap<Element, readonly HTMLElement[]>()

/** The button of a menu that is about to be gone, also from within a menu inside it. */
function openersOfMenu(menu: Element): readonly HTMLElement[] {
  const opener = document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  const outer = opener?.closest('[role="menu"]')
  if (outer && outer !== menu) return openersOfMenu(outer)
  return opener ? [opener] : []
}

/** The element that has the focus now; in a dialog, followed by what opened it, because it may be gone by then. */
function focusedNow(): readonly HTMLElement[] {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body) return []
  const dialog = focused.closest(dialogs)
  const menu = focused.closest('[role="menu"]')
  if (menu) return openersOfMenu(menu)
  return [focused, ...((dialog && openersOf.get(dialog)) ?? [])]
}

/** Set while a dialog gives the focus back: nobody asked what the button is, so it shows no tooltip. */
export const returning = 'data-returning'

/** Gives the focus to the first one that is still there and takes it. */
function focusFirst(openers: readonly HTMLElement[]): void {
  for (const opener of openers) {
    if (opener.isConnected) {
      opener.setAttribute(returning, '')
      opener.focus()
      opener.removeAttribute(returning)
    }
    if (document.activeElement === opener) return
  }
}

/** Of what is open, Radix lets only the topmost hear Escape, and a tooltip over a dialog would need one of its own. */
function useEscapeUnderTooltip(onEscape: () => void): void {
  const heard = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (document.querySelector('[role="tooltip"]')) onEscape()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      heard(event)
    }
    document.addEventListener('keydown', listen, true)
    return () => {
      document.removeEventListener('keydown', listen, true)
    }
  }, [])
}

type DialogContent = {
  readonly ref: (dialog: HTMLElement | null) => void
  readonly onCloseAutoFocus: (event: Event) => void
  readonly onClickCapture: (event: MouseEvent) => void
  readonly onDoubleClickCapture: (event: MouseEvent) => void
}

/**
 * What every dialog has in common. The focus returns to where it was when it opened: Radix only knows a trigger of its
 * own, and dialogs here are opened from anywhere, by keys as well. One Escape closes it, also under a tooltip. And the
 * second press of the double click that opened it chooses nothing in it and does not close it.
 */
export function useDialog(onClose: () => void): {
  /** For the content of the dialog. */
  readonly content: DialogContent
  /** For those that a press outside closes. */
  readonly onPointerDownOutside: (event: CustomEvent<{ originalEvent: PointerEvent }>) => void
} {
  // Read while the dialog is first drawn: afterwards the focus is in it.
  const [openers] = useState(focusedNow)
  const [openedAt] = useState(() => performance.now())
  const dialog = useRef<HTMLElement>(null)
  useEscapeUnderTooltip(() => {
    // Not one that another dialog covers.
    if ([...document.querySelectorAll(dialogs)].at(-1) === dialog.current) onClose()
  })
  // By when the press was made, not when a busy window comes to it.
  const follows = ({ timeStamp }: { readonly timeStamp: number }) => timeStamp - openedAt < doubleClick
  const ignoreSecond = (event: MouseEvent) => {
    if (event.detail < 2 || !follows(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    content: {
      ref: (element) => {
        dialog.current = element
        if (element) openersOf.set(element, openers)
      },
      onCloseAutoFocus: (event) => {
        event.preventDefault()
        // A dialog that followed this one keeps it.
        if (document.activeElement?.closest(dialogs)) return
        focusFirst(openers)
      },
      onClickCapture: ignoreSecond,
      onDoubleClickCapture: ignoreSecond,
    },
    onPointerDownOutside: (event) => {
      if (follows(event.detail.originalEvent)) event.preventDefault()
    },
  }
}
