import { Hourglass, Trash2, UserRound } from 'lucide-react'
import type { Element } from '../../../shared/domain/element.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'

/** The picture of an element, or what stands for one. */
export function ElementPicture({ element }: { readonly element: Element | undefined }) {
  const Stand = element?.pending ? Hourglass : UserRound
  return (
    <span className="flex size-full items-center justify-center overflow-hidden bg-stage text-white/40">
      {element?.picture ? (
        <img src={element.picture} alt="" draggable={false} className="size-full object-cover" />
      ) : (
        <Stand aria-hidden className="size-6" strokeWidth={1.5} />
      )}
    </span>
  )
}

const nameOf = ({ name, id, pending }: Element) => name || (pending ? 'Being made' : id)

export type ElementCardProps = {
  readonly element: Element
  readonly chosen: boolean
  readonly onPick: () => void
  readonly onRemove: () => void
}

/** One element of the library. What is still being made is in sight but cannot be chosen. */
export function ElementCard({ element, chosen, onPick, onRemove }: ElementCardProps) {
  const { pending, own, description } = element
  const name = nameOf(element)
  const unfinished = pending && element.name !== ''
  return (
    <li
      className={classNames(
        'group relative overflow-hidden rounded-xl border bg-raised',
        chosen ? 'border-accent' : 'border-line',
        !pending && !chosen && 'hover:border-edge',
      )}
    >
      <button
        type="button"
        disabled={pending}
        aria-pressed={pending ? undefined : chosen}
        aria-label={unfinished ? `${name}, being made` : name}
        title={description || undefined}
        onClick={onPick}
        className="block w-full text-left focus-visible:-outline-offset-2"
      >
        <span className={classNames('block aspect-square', pending && 'opacity-60')}>
          <ElementPicture element={element} />
        </span>
        <span className={classNames('block px-2.5 py-2 text-xs', own && !pending && 'pr-9')}>
          <span className={classNames('block truncate font-medium', pending ? 'text-faint' : 'text-ink')}>
            {name}
          </span>
          {unfinished && <span className="block text-faint">being made</span>}
        </span>
      </button>
      {own && !pending && (
        <IconButton
          size="small"
          label={`Delete ${name}`}
          icon={<Trash2 />}
          className="absolute right-1 bottom-1"
          onClick={onRemove}
        />
      )}
    </li>
  )
}
