import { useEffect, useEffectEvent } from 'react'
import type { KeptComparison } from '../../../shared/domain/desk.ts'
import type { Comparison } from '../../../shared/domain/views.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import type { View } from './engine/view.ts'
import { keptOf, type Left } from './kept-view.ts'
import type { PairStatus, Readings } from './pair-types.ts'

const takesOf = ({ takes }: Comparison) => takes.map(({ take }) => take.id)

/** How the comparison of the same takes was left; null where another one was, or none. */
export function beginningOf(comparison: Comparison): KeptComparison | null {
  const kept = useApp.getState().keptComparison
  return kept?.takes.join() === takesOf(comparison).join() ? kept : null
}

/** A drag changes the view with every frame: only where it comes to rest is kept. */
const rest: Milliseconds = 200

type Options = {
  readonly comparison: Comparison
  readonly view: View
  readonly offsets: Left['offsets']
  readonly status: PairStatus
  readonly readings: Pick<Readings, 'latest'>
}

/** Keeps how the comparison is looked at, for the next time it is opened: over rooms, a reload and a restart. */
export function useKeptComparison({ comparison, view, offsets, status, readings }: Options): void {
  const keepComparison = useApp((state) => state.keepComparison)
  const { phase, settled, speed, loop, sound } = status
  const keep = useEffectEvent(() => {
    const time = readings.latest().wanted
    keepComparison(keptOf({ takes: takesOf(comparison), offsets, view, status, time }))
  })
  useEffect(() => {
    // What was left is not there before it has loaded.
    if (phase === 'loading' || phase === 'failed') return undefined
    const timer = setTimeout(keep, rest)
    return () => {
      clearTimeout(timer)
    }
  }, [comparison, view, offsets, phase, settled, speed, loop, sound])
}
