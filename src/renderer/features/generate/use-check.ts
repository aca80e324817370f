import { useEffect } from 'react'
import { useApp } from '../../state/store.ts'
import { inputsKey } from '../../state/inputs.ts'

const pauseMilliseconds = 150

/** Checks the inputs shortly after they stop changing, and again when an answer was used up or the line came back. */
export function useLiveCheck(): void {
  const key = useApp(inputsKey)
  const current = useApp((state) => state.checked?.key === inputsKey(state))
  const connected = useApp((state) => state.connected)
  const runCheck = useApp((state) => state.runCheck)
  useEffect(() => {
    if (current || !connected) return
    const timer = setTimeout(() => void runCheck(), pauseMilliseconds)
    return () => {
      clearTimeout(timer)
    }
  }, [key, current, connected, runCheck])
}
