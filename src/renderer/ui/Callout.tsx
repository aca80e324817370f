import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { Tone } from '../lib/tone.ts'

const looks: Readonly<
  Record<Tone, { readonly icon: LucideIcon; readonly box: string; readonly mark: string }>
> = {
  info: { icon: Info, box: 'bg-raised border-line', mark: 'text-soft' },
  good: { icon: CircleCheck, box: 'bg-good-wash border-good/30', mark: 'text-good' },
  warn: { icon: TriangleAlert, box: 'bg-warn-wash border-warn/35', mark: 'text-warn' },
  bad: { icon: CircleAlert, box: 'bg-bad-wash border-bad/40', mark: 'text-bad' },
}

export type CalloutProps = {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
  /** A button at the end. */
  readonly action?: ReactNode
  readonly className?: string
}

/** Something the user should read. What is wrong is announced at once, the rest when there is a pause. */
export function Callout({ tone, title, children, action, className }: CalloutProps) {
  const { icon: Icon, box, mark } = looks[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames('flex items-start gap-3 rounded-lg border px-3.5 py-3 text-sm', box, className)}
    >
      <Icon aria-hidden className={classNames('mt-px size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1 wrap-anywhere" data-selectable>
        <p className="font-medium text-ink">{title}</p>
        {children && <div className="mt-1 text-soft">{children}</div>}
      </div>
      {action}
    </div>
  )
}
