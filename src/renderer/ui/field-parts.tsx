import type { ReactNode } from 'react'

/** How everything that takes text looks in a form. */
export const fieldLook =
  'h-9 w-full rounded-lg border bg-raised px-3 text-sm disabled:text-faint aria-invalid:border-bad'

export type FieldFrameProps = {
  readonly id: string
  readonly label: string
  readonly labelHidden?: boolean
  readonly hint?: string | undefined
  /** What is wrong with the value; read aloud as soon as it appears. */
  readonly problem?: string | undefined
  readonly children: ReactNode
}

/** A label above, and what to know or what is wrong below. */
export function FieldFrame({ id, label, labelHidden = false, hint, problem, children }: FieldFrameProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'mb-1 block text-xs text-soft'}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-faint">
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  )
}

/** Ties a field to the words below it. */
export const describedBy = ({ id, hint, problem }: Pick<FieldFrameProps, 'id' | 'hint' | 'problem'>) =>
  [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(Boolean).join(' ') ||
  undefined
