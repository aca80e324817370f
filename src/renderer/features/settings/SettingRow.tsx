import type { ReactNode } from 'react'

export type SettingRowProps = {
  readonly label: string
  readonly hint?: string
  /** Longer than a word, so that it may need a line of its own. */
  readonly value?: ReactNode
  /** A control that names itself, or buttons. */
  readonly children?: ReactNode
}

/** One line of the settings: what it is at the left, its control at the right. */
export function SettingRow({ label, hint, value, children }: SettingRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm">{label}</p>
        {value !== undefined && (
          <p className="mt-0.5 text-xs wrap-anywhere text-soft" data-selectable>
            {value}
          </p>
        )}
        {hint !== undefined && <p className="mt-0.5 text-xs text-faint">{hint}</p>}
      </div>
      {children}
    </div>
  )
}

/** A section of the settings. */
export function SettingList({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="divide-y divide-line [&>*:first-child]:pt-1.5">
      {children}
    </section>
  )
}
