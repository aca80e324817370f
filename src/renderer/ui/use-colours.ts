import { useEffect, useState } from 'react'

/** Counts how often the colours in use have changed: what is drawn, and not styled, has to be drawn again. */
export function useColours(): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const changed = () => {
      setChanges((count) => count + 1)
    }
    const theme = new MutationObserver(changed)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const forced = window.matchMedia('(forced-colors: active)')
    forced.addEventListener('change', changed)
    return () => {
      theme.disconnect()
      forced.removeEventListener('change', changed)
    }
  }, [])
  return changes
}
