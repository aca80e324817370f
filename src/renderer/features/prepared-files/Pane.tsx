import type { ReactNode } from 'react'

const keepTogether = (fact: string) => fact.replaceAll(' ', '\u00a0')

/** One of two pictures side by side, with what is known about it. */
export function Pane({
  title,
  facts,
  children,
}: {
  readonly title: string
  readonly facts: readonly string[]
  readonly children: ReactNode
}) {
  return (
    <figure className="min-w-0">
      <div className="relative overflow-hidden rounded-xl bg-stage">{children}</div>
      <figcaption className="mt-1.5 text-xs" data-selectable>
        <span className="font-medium text-ink">{title}</span>
        <span className="tabular block text-faint">{facts.map(keepTogether).join(' · ')}</span>
      </figcaption>
    </figure>
  )
}

/** Both sides are equally high, so that they can be compared. */
export const paneSize = 'h-[min(26vh,20rem)] w-full object-contain'
