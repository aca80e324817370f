import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { Tone } from '../lib/tone.ts'

const looks: Readonly<Record<Tone, string>> = {
  info: 'bg-hover text-soft',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
}

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={classNames(
        'forced-edge inline-flex h-5.5 items-center gap-1.5 rounded-full px-2.5 text-xs font-semibold tracking-wide whitespace-nowrap',
        looks[tone],
      )}
    >
      {children}
    </span>
  )
}
