import { useEffect } from 'react'
import { isUnnoted } from '../../shared/text/outcome-question.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { desktop } from '../lib/desktop.ts'
import { useApp } from '../state/store.ts'

/** What is wrong with the library, its bucket or the clock is no change of a take, so it is asked about from time to time. */
const betweenLooks: Milliseconds = 60_000

/** Reads the core once and mirrors what it announces from then on. */
export function useCore(): void {
  const readCore = useApp((state) => state.readCore)
  const putTake = useApp((state) => state.putTake)
  const setSettings = useApp((state) => state.setSettings)
  const setAccounts = useApp((state) => state.setAccounts)
  const setQueue = useApp((state) => state.setQueue)
  const setTakeQueue = useApp((state) => state.setTakeQueue)
  const putMarks = useApp((state) => state.putMarks)
  const catalogueChanged = useApp((state) => state.catalogueChanged)
  const setBoards = useApp((state) => state.setBoards)
  const takesTrashed = useApp((state) => state.takesTrashed)
  const setConnected = useApp((state) => state.setConnected)
  const readAbout = useApp((state) => state.readAbout)
  const setMoving = useApp((state) => state.setMoving)
  const setMoved = useApp((state) => state.setMoved)
  const tell = useApp((state) => state.tell)
  useEffect(() => {
    const { listen, onConnection } = desktop()
    const ends = [
      listen['take:changed']((take) => {
        putTake(take)
        // What could not be written is a matter of the whole library.
        if (isUnnoted(take)) void readAbout()
      }),
      listen['marks:changed']((marks) => {
        putMarks(marks)
        catalogueChanged()
      }),
      listen['takes:trashed'](takesTrashed),
      listen['boards:changed'](setBoards),
      listen['settings:changed'](setSettings),
      listen['accounts:changed'](setAccounts),
      listen['queue:changed'](setQueue),
      listen['take-queue:changed'](setTakeQueue),
      listen['library:moving'](setMoving),
      listen['library:moved'](({ to }) => {
        setMoved(to)
      }),
      listen['window:notice']((notice) => {
        tell({ tone: 'warn', ...notice })
      }),
      onConnection(setConnected),
    ]
    const look = () => {
      void desktop().ask['take:look-at-all']({})
      void readAbout()
    }
    const timer = setInterval(() => void readAbout(), betweenLooks)
    window.addEventListener('focus', look)
    window.addEventListener('online', look)
    void readCore()
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('online', look)
      clearInterval(timer)
      ends.forEach((end) => {
        end()
      })
    }
  }, [
    readCore,
    putTake,
    putMarks,
    catalogueChanged,
    setBoards,
    takesTrashed,
    setSettings,
    setAccounts,
    setQueue,
    setTakeQueue,
    setConnected,
    readAbout,
    setMoving,
    setMoved,
    tell,
  ])
}
