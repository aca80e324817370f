import type { LucideIcon } from 'lucide-react'
import { VirtualList, type VirtualListProps } from './VirtualList.tsx'

export type ListOrWordsProps = VirtualListProps & {
  readonly icon: LucideIcon
  /** What is said where nothing is listed. */
  readonly empty: string
}

/** A list that says how it is filled while it is empty. */
export function ListOrWords({ icon: Icon, empty, ...list }: ListOrWordsProps) {
  if (list.ids.length > 0) return <VirtualList {...list} />
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
      <Icon aria-hidden className="size-8 text-edge" strokeWidth={1.25} />
      <p className="max-w-sm text-sm text-faint">{empty}</p>
    </div>
  )
}
