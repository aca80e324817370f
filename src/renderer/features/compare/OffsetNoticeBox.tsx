import { X } from 'lucide-react'
import type { Problem } from '../../../shared/outcome.ts'
import type { Fraction, Seconds } from '../../../shared/units.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Progress } from '../../ui/Progress.tsx'
import type { OffsetNotice } from './found-words.ts'

type OffsetFindingProps = { readonly fraction: Fraction | null; readonly onCancel: () => void }

export function OffsetFinding({ fraction, onCancel }: OffsetFindingProps) {
  return (
    <div className="flex items-center gap-3 py-1 text-xs text-soft">
      <p role="status" className="whitespace-nowrap">
        Comparing sound and motion
      </p>
      <Progress label="Finding the offset" fraction={fraction} />
      <Button size="small" look="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

type OffsetNoticeBoxProps = {
  readonly problem: Problem | null
  readonly notice: OffsetNotice | null
  readonly offset: Seconds
  readonly onTry: (offset: Seconds) => void
  /** Back to the offset before; null while that is the present one. */
  readonly onUndo: (() => void) | null
  readonly onClose: () => void
}

/** What was found, or why nothing was, and what can be done with it. */
export function OffsetNoticeBox({ problem, notice, offset, onTry, onUndo, onClose }: OffsetNoticeBoxProps) {
  const action = (
    <div className="flex flex-wrap items-center justify-end gap-1">
      {notice?.choices.map(({ label, offset: choice }) => (
        <Button
          key={label}
          size="small"
          aria-pressed={choice === offset}
          className={choice === offset ? 'border-accent! bg-accent-wash! text-accent!' : undefined}
          onClick={() => {
            onTry(choice)
          }}
        >
          {label}
        </Button>
      ))}
      {onUndo && (
        <Button size="small" look="quiet" onClick={onUndo}>
          Undo
        </Button>
      )}
      <IconButton size="small" label="Close this message" icon={<X />} onClick={onClose} />
    </div>
  )
  if (problem)
    return (
      <Callout tone="bad" title={problem.message} action={action} className="my-1">
        {problem.advice}
      </Callout>
    )
  if (!notice) return null
  return (
    <Callout tone={notice.tone} title={notice.title} action={action} className="my-1">
      {notice.details.join(' ')}
    </Callout>
  )
}
