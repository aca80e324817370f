import type { KeyboardEvent } from 'react'
import { edgeTime, frameCount, nearestEdge, type Edges } from '../../state/trim-window.ts'

/** The edge that a key asks a slider to go to; null for any other key. */
export function handleSteps(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  edges: Edges,
  edge: number,
): number | null {
  const step = shiftKey ? 10 : 1
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return edge - step
    case 'ArrowRight':
    case 'ArrowUp':
      return edge + step
    case 'PageDown':
      return nearestEdge(edges, edgeTime(edges, edge) - 1)
    case 'PageUp':
      return nearestEdge(edges, edgeTime(edges, edge) + 1)
    case 'Home':
      return 0
    case 'End':
      return frameCount(edges)
    default:
      return null
  }
}
