import { useEffect } from 'react'
import type { Milliseconds } from '../../shared/units.ts'
import { deskOf } from '../state/desk.ts'
import { useApp } from '../state/store.ts'

/** A drag changes the trim with every frame. Nothing is lost when the window closes: `pagehide` saves at once. */
const saveDelay: Milliseconds = 300

/** Keeps what is open for the next time, a moment after each change and when the page goes. */
export function useDesk(): void {
  const keepDesk = useApp((state) => state.keepDesk)
  useEffect(() => {
    let kept = JSON.stringify(deskOf(useApp.getState()))
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = () => {
      clearTimeout(timer)
      const state = useApp.getState()
      const now = JSON.stringify(deskOf(state))
      if (now === kept || !state.deskIsOpen) return
      kept = now
      void keepDesk()
    }
    const unsubscribe = useApp.subscribe((state, before) => {
      if (
        state.character === before.character &&
        state.clip === before.clip &&
        state.clipWindow === before.clipWindow &&
        state.takeSettings === before.takeSettings &&
        state.openTakeId === before.openTakeId &&
        state.stageTakeId === before.stageTakeId &&
        state.keptComparison === before.keptComparison &&
        state.room === before.room
      )
        return
      clearTimeout(timer)
      timer = setTimeout(keep, saveDelay)
    })
    window.addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      unsubscribe()
      window.removeEventListener('pagehide', keep)
    }
  }, [keepDesk])
}
