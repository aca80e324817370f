import { useState } from 'react'

export const dialogs = '[role="dialog"], [role="alertdialog"]'

/** For each dialog, who had the focus when it opened, the nearest first. */
const openersOf = new WeakMap<Element, readonly HTMLElement[]>()

/** The element that has the focus now; in a dialog, followed by what opened it, because it may be gone by then. */
function focusedNow(): readonly HTMLElement[] {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body) return []
  const dialog = focused.closest(dialogs)
  return [focused, ...((dialog && openersOf.get(dialog)) ?? [])]
}

/** Gives the focus to the first one that is still there and takes it. */
function focusFirst(openers: readonly HTMLElement[]): void {
  for (const opener of openers) {
    if (opener.isConnected) opener.focus()
    if (document.activeElement === opener) return
  }
}

/**
 * Brings the focus back to where it was when a dialog opened. Radix only knows a trigger of its own, and dialogs here
 * are opened from anywhere, by keys as well.
 */
export function useReturnFocus(): {
  readonly register: (dialog: HTMLElement | null) => void
  readonly onCloseAutoFocus: (event: Event) => void
} {
  // Read while the dialog is first drawn: afterwards the focus is in it.
  const [openers] = useState(focusedNow)
  return {
    register: (dialog) => {
      if (dialog) openersOf.set(dialog, openers)
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault()
      // A dialog that followed this one keeps it.
      if (document.activeElement?.closest(dialogs)) return
      focusFirst(openers)
    },
  }
}
