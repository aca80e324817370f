import { Hourglass, Trash2, UserRound, Plus, RefreshCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Element } from '../../../shared/domain/account.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useCall } from '../../lib/use-call.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useElements, type Elements, type Shelf } from './use-elements.ts'
import { text } from './text.ts'

/** The image of an element, or a placeholder. */
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

type ElementCardProps = {
  readonly element: Element
  readonly chosen: boolean
  readonly onPick: () => void
  readonly onRemove: () => void
}

/** One element of the library. What is still being made is in sight but cannot be chosen. */
function ElementCard({ element, chosen, onPick, onRemove }: ElementCardProps) {
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

type ElementShelfProps = {
  readonly account: string
  readonly from: Shelf
  readonly onPick: (element: Element) => void
  /** Only where elements can be made. */
  readonly onMake?: () => void
  /** What is shown above the images. */
  readonly children?: ReactNode
}

function Toolbar({ elements, onMake }: { readonly elements: Elements; readonly onMake?: () => void }) {
  return (
    <div className="flex items-center justify-end gap-2">
      {elements.loading && (
        <p role="status" className="mr-auto flex items-center gap-2 text-xs text-faint">
          <Spinner /> {text.loading}
        </p>
      )}
      <Button
        size="small"
        look="quiet"
        icon={<RefreshCw />}
        disabled={elements.loading}
        onClick={elements.again}
      >
        Look again
      </Button>
      {onMake && (
        <Button size="small" icon={<Plus />} onClick={onMake}>
          Make one…
        </Button>
      )}
    </div>
  )
}

type DeleteProps = {
  readonly element: Element
  readonly onDelete: () => void
  readonly onCancel: () => void
}

function DeleteElement({ element, onDelete, onCancel }: DeleteProps) {
  return (
    <Confirm
      title={text.deleteQuestion(element.name || element.id)}
      confirm="Delete"
      cancel="Keep it"
      danger
      onCancel={onCancel}
      onConfirm={onDelete}
    >
      <p>{text.deletes}</p>
    </Confirm>
  )
}

const emptyWords: Readonly<Record<Shelf, string>> = {
  own: text.noneYet,
  presets: text.noPresets,
}

/** The pictures of one shelf of the library. */
export function ElementShelf({ account, from, onPick, onMake, children }: ElementShelfProps) {
  const elements = useElements(account, from)
  const chosen = useApp((state) => state.takeSettings.elements)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const [doomed, setDoomed] = useState<Element | null>(null)
  const removal = useCall('element:remove')

  async function remove({ id }: Element) {
    setDoomed(null)
    const removed = await removal.run({ account, element: id })
    if (!removed.ok) return
    if (chosen.includes(id)) changeTakeSettings({ elements: chosen.filter((entry) => entry !== id) })
    elements.again()
  }

  const known = elements.elements.length > 0
  return (
    <div className="min-h-80 space-y-3" aria-busy={elements.loading}>
      <Toolbar elements={elements} {...(onMake && { onMake })} />
      {children}
      <ProblemCallout problem={removal.problem ?? elements.problem} />
      {known && (
        <ul
          aria-label={from === 'own' ? 'Your elements' : 'Kling’s presets'}
          className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-3"
        >
          {elements.elements.map((element) => (
            <ElementCard
              key={element.id}
              element={element}
              chosen={chosen.includes(element.id)}
              onPick={() => {
                onPick(element)
              }}
              onRemove={() => {
                setDoomed(element)
              }}
            />
          ))}
        </ul>
      )}
      {!known && !elements.loading && !elements.problem && (
        <p className="px-6 py-12 text-center text-sm text-faint">{emptyWords[from]}</p>
      )}
      {elements.more && (
        <div className="flex justify-center">
          <Button size="small" disabled={elements.loading} onClick={elements.nextPage}>
            More
          </Button>
        </div>
      )}
      {doomed && (
        <DeleteElement
          element={doomed}
          onDelete={() => void remove(doomed)}
          onCancel={() => {
            setDoomed(null)
          }}
        />
      )}
    </div>
  )
}
