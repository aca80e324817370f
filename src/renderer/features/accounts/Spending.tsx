import { useEffect, useState } from 'react'
import type { Outcome } from '../../../shared/outcome.ts'
import type { SpendEntry } from '../../../shared/domain/spend.ts'
import { desktop } from '../../lib/desktop.ts'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Ledger } from './Ledger.tsx'
import { Limits } from './Limits.tsx'

function useLedger() {
  const [ledger, setLedger] = useState<Outcome<readonly SpendEntry[]> | null>(null)
  useEffect(() => {
    let left = false
    void desktop()
      .ask['spend:list']({})
      .then((answer) => {
        if (!left) setLedger(answer)
      })
    return () => {
      left = true
    }
  }, [])
  return ledger
}

/** The limits, and what was spent. */
export function Spending() {
  const ledger = useLedger()
  return (
    <>
      <Limits />
      <section aria-label="Ledger" className="pt-4">
        <h3 className="text-sm font-semibold">What was sent</h3>
        <p className="mt-0.5 text-xs text-faint">
          The sum of a day leaves out what was refused, and what failed for nothing, as your limits do. Only
          the provider’s own bill is final.
        </p>
        {ledger &&
          (ledger.ok ? <Ledger entries={ledger.value} /> : <ProblemCallout problem={ledger.problem} />)}
      </section>
    </>
  )
}
