import { useEffect, useRef, useState } from 'react'
import { useApp } from './store.ts'

/** A slider sends many values on its way; only where it comes to rest is kept. */
const rest = 300

/** The sound level: heard at once, kept in the settings a moment later. */
export function useVolume(): readonly [volume: number, change: (volume: number) => void] {
  const kept = useApp((state) => state.settings.volume)
  const changeSettings = useApp((state) => state.changeSettings)
  const [moving, setMoving] = useState<number | null>(null)
  const timer = useRef<number | undefined>(undefined)

  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
    },
    [],
  )

  const change = (volume: number) => {
    setMoving(volume)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      void changeSettings({ volume }).then(() => {
        setMoving(null)
      })
    }, rest)
  }
  return [moving ?? kept, change]
}
