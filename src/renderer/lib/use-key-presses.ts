import { useEffect, useEffectEvent } from 'react'

/** Hears every key press of the page, wherever the focus is. */
export function useKeyPresses(onPress: (event: KeyboardEvent) => void): void {
  const hear = useEffectEvent(onPress)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      hear(event)
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [])
}
