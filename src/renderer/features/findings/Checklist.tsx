import { useId } from 'react'
import type { Finding } from '../../../shared/rules/finding.ts'
import { useApp } from '../../state/store.ts'
import { pairKey } from '../../state/check.ts'

/** What no program can judge, to be ticked off by the user. It holds nothing back. */
export function Checklist({ findings }: { readonly findings: readonly Finding[] }) {
  return findings.map((finding) => <Question key={finding.rule} finding={finding} />)
}

function Question({ finding }: { readonly finding: Finding }) {
  const id = useId()
  const seen = useApp((state) => state.seenByEye === pairKey(state))
  const setSeen = useApp((state) => state.setSeenByEye)
  return (
    <div className="flex gap-2.5 rounded-lg bg-panel px-3 py-2.5 text-xs">
      <input
        id={id}
        type="checkbox"
        checked={seen}
        onChange={(event) => {
          setSeen(event.target.checked)
        }}
        className="mt-px size-4 shrink-0 accent-accent"
      />
      <label htmlFor={id} className={seen ? 'text-faint' : 'text-soft'}>
        {finding.message}
      </label>
    </div>
  )
}
