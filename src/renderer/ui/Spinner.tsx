import { LoaderCircle } from 'lucide-react'
import { classNames } from './class-names.ts'

/** Decoration beside words that say what is happening. */
export function Spinner({ className }: { readonly className?: string }) {
  return <LoaderCircle aria-hidden className={classNames('size-4 animate-spin', className)} />
}
