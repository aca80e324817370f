import { useEffect } from 'react'
import type { RecentPair } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'

/** The pairs that were used last, read when they are first in sight and whenever a take was added. */
export function useRecents(): readonly RecentPair[] {
  const recents = useApp((state) => state.recents)
  const readRecents = useApp((state) => state.readRecents)
  const connected = useApp((state) => state.connected)
  const takes = useApp((state) => Object.keys(state.takes).length)
  useEffect(() => {
    if (connected) void readRecents()
  }, [connected, readRecents, takes])
  return recents
}
