import { useEffect } from 'react'
import { desktop } from '../desktop.ts'
import { useApp } from './store.ts'

/** Reads the core once and mirrors what it announces from then on. */
export function useCore(): void {
  const readCore = useApp((state) => state.readCore)
  const putTake = useApp((state) => state.putTake)
  const setSettings = useApp((state) => state.setSettings)
  const setAccounts = useApp((state) => state.setAccounts)
  const setConnected = useApp((state) => state.setConnected)
  useEffect(() => {
    const { listen, onConnection } = desktop()
    const ends = [
      listen['take:changed'](putTake),
      listen['settings:changed'](setSettings),
      listen['accounts:changed'](setAccounts),
      onConnection(setConnected),
    ]
    const look = () => void desktop().ask['take:look-at-all']({})
    window.addEventListener('focus', look)
    window.addEventListener('online', look)
    void readCore()
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('online', look)
      ends.forEach((end) => {
        end()
      })
    }
  }, [readCore, putTake, setSettings, setAccounts, setConnected])
}
