import { ChevronRight } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type FoldProps = {
  readonly title: string
  /** What is inside, in a few words. */
  readonly value: ReactNode
  readonly tone?: 'plain' | 'warn' | 'bad'
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  /** Somebody was led here, and is told when they have arrived. */
  readonly sought?: boolean
  readonly onFound?: () => void
  readonly children: ReactNode
}

const tones = { plain: 'text-soft', warn: 'text-warn', bad: 'text-bad' } as const

/** One line that unfolds. */
export function Fold({
  title,
  value,
  tone = 'plain',
  open,
  onOpen,
  sought = false,
  onFound,
  children,
}: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null)
  const arrive = useEffectEvent(() => {
    const element = details.current
    element?.scrollIntoView({ block: 'nearest' })
    element?.querySelector('summary')?.focus()
    element?.classList.remove('animate-flash')
    // Read, so that the same animation starts once more.
    element?.getBoundingClientRect()
    element?.classList.add('animate-flash')
    onFound?.()
  })
  useEffect(() => {
    if (sought) arrive()
  }, [sought])
  return (
    <details
      ref={details}
      open={open}
      className="group/fold border-t border-line"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) onOpen(currentTarget.open)
      }}
    >
      <summary className="flex h-10 items-center gap-2 px-4 text-sm select-none hover:bg-hover focus-visible:-outline-offset-2">
        <span className="shrink-0 font-medium">{title}</span>
        <span className={classNames('min-w-0 flex-1 truncate text-right', tones[tone])}>{value}</span>
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-faint transition-transform group-open/fold:rotate-90"
        />
      </summary>
      <div className="space-y-3 px-4 pt-1 pb-4">{children}</div>
    </details>
  )
}
