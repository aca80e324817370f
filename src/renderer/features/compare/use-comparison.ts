import { useCallback, useEffect, useState } from 'react'
import type { Comparison } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { desktop } from '../../lib/desktop.ts'

export type ComparisonState =
  | { readonly step: 'loading' }
  | { readonly step: 'ready'; readonly comparison: Comparison }
  | { readonly step: 'failed'; readonly problem: Problem }

/** Asks for the two videos of a take; `again` asks once more. */
export function useComparison(takeId: string): { state: ComparisonState; again: () => void } {
  const [round, setRound] = useState(0)
  const wanted = `${takeId} ${String(round)}`
  const [answer, setAnswer] = useState<{ readonly to: string; readonly state: ComparisonState } | null>(null)

  useEffect(() => {
    let current = true
    void desktop()
      .ask['take:compare']({ take: takeId })
      .then((outcome) => {
        if (!current) return
        setAnswer({
          to: wanted,
          state: outcome.ok
            ? { step: 'ready', comparison: outcome.value }
            : { step: 'failed', problem: outcome.problem },
        })
      })
    return () => {
      current = false
    }
  }, [takeId, wanted])

  const again = useCallback(() => {
    setRound((before) => before + 1)
  }, [])
  return { state: answer?.to === wanted ? answer.state : { step: 'loading' }, again }
}
