import type { Seconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import { frameAtTime } from '../../lib/frame-times.ts'

/** Shows a moment of the clip in its player. */
export function useSeek(): (time: Seconds) => void {
  const player = useApp((state) => state.clipPlayer)
  const edges = useApp((state) => state.clipLook?.edges ?? null)
  return (time) => {
    if (player && edges) player.show(frameAtTime(edges, time))
  }
}
