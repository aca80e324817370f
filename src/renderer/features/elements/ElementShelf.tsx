import { Plus, RefreshCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Element } from '../../../shared/domain/element.ts'
import { useAsking } from '../../lib/use-call.ts'
import { useApp } from '../../state/store.ts'
import { desktop } from '../../lib/desktop.ts'
import { Button } from '../../ui/Button.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ElementCard } from './ElementCard.tsx'
import { useElements, type Elements, type Shelf } from './use-elements.ts'

export type ElementShelfProps = {
  readonly account: string
  readonly from: Shelf
  readonly onPick: (element: Element) => void
  /** Only where elements can be made. */
  readonly onMake?: () => void
  /** What stands above the pictures. */
  readonly children?: ReactNode
}

function Toolbar({ elements, onMake }: { readonly elements: Elements; readonly onMake?: () => void }) {
  return (
    <div className="flex items-center justify-end gap-2">
      {elements.loading && (
        <p role="status" className="mr-auto flex items-center gap-2 text-xs text-faint">
          <Spinner /> Asking Kling for its elements…
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
      title={`Delete “${element.name || element.id}”?`}
      confirm="Delete"
      cancel="Keep it"
      danger
      onCancel={onCancel}
      onConfirm={onDelete}
    >
      <p>
        Kling deletes it for good, for everything that uses this account. Takes that are done stay as they
        are.
      </p>
    </Confirm>
  )
}

const emptyWords: Readonly<Record<Shelf, string>> = {
  own: 'You have no elements yet. Make one from two to four pictures of a character.',
  presets: 'Kling offers no elements of its own to this account.',
}

/** The pictures of one shelf of the library. */
export function ElementShelf({ account, from, onPick, onMake, children }: ElementShelfProps) {
  const elements = useElements(account, from)
  const chosen = useApp((state) => state.takeSettings.elements)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const [doomed, setDoomed] = useState<Element | null>(null)
  const removal = useAsking()

  async function remove({ id }: Element) {
    setDoomed(null)
    const removed = await removal.run(() => desktop().ask['element:remove']({ account, element: id }))
    if (!removed) return
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
