import { Library, X } from 'lucide-react'
import { useState } from 'react'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { elementId } from '../../../shared/domain/take.ts'
import { type AppState, useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ElementPicture } from './ElementShelf.tsx'
import { ElementsDialog } from './ElementsDialog.tsx'
import { seenElement } from './use-elements.ts'
import { useDraft } from '../../lib/use-draft.ts'
import { text } from './text.ts'

const readId = (text: string) => elementId.safeParse(text.trim()).data ?? null

/** Whose library can be looked into: the account that was chosen, or the only one there is. */
function libraryAccount({ accounts, takeSettings }: AppState) {
  const ofProvider = accounts.filter(({ account }) => account.provider === takeSettings.provider)
  if (takeSettings.account === null) return ofProvider.length === 1 ? ofProvider[0] : undefined
  return ofProvider.find(({ account }) => account.id === takeSettings.account)
}

type ChosenProps = { readonly ids: readonly string[]; readonly onRemove: () => void }

function ChosenElement({ ids, onRemove }: ChosenProps) {
  const [first] = ids
  const element = first === undefined ? undefined : seenElement(first)
  if (first === undefined) return <p className="text-sm text-faint">None</p>
  return (
    <div className="flex w-full items-center gap-2.5 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-2">
      <span className="size-9 shrink-0 overflow-hidden rounded-md">
        <ElementPicture element={element} />
      </span>
      <p className="min-w-0 flex-1 text-sm" data-selectable>
        {element?.name && <span className="block truncate font-medium">{element.name}</span>}
        <span className="tabular block truncate text-xs text-soft">{ids.join(', ')}</span>
      </p>
      <IconButton size="small" label="Remove the element" icon={<X />} onClick={onRemove} />
    </div>
  )
}

/** The face that every second of the take is bound to, out of the provider's library. */
export function ElementField({ model }: { readonly model: ModelRules }) {
  const elements = useApp((state) => state.takeSettings.elements)
  const orientation = useApp((state) => state.takeSettings.orientation)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const library = useApp((state) => (model.elementLibrary ? libraryAccount(state) : undefined))
  const [choosing, setChoosing] = useState(false)
  const draft = useDraft(elements[0] ?? null, readId, (id) => {
    if (id !== (elements[0] ?? null)) changeTakeSettings({ elements: id === null ? [] : [id] })
  })
  if (!model.elements) return null
  const setElements = (ids: readonly string[]) => {
    draft.forget()
    changeTakeSettings({ elements: [...ids] })
  }
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 text-xs text-soft">
        Element <span className="text-faint">(optional)</span>
      </legend>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <ChosenElement
          ids={elements}
          onRemove={() => {
            setElements([])
          }}
        />
        {library && (
          <Button
            size="small"
            icon={<Library />}
            onClick={() => {
              setChoosing(true)
            }}
          >
            Choose from the library…
          </Button>
        )}
      </div>
      <TextField
        label="Element id"
        mono
        placeholder="digits only"
        value={draft.text}
        onChange={draft.type}
        problem={draft.wrong ? text.idWrong : undefined}
      />
      {orientation === 'image' && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-xs text-faint">
          <p>{text.onlyVideo}</p>
          <Button
            size="small"
            onClick={() => {
              changeTakeSettings({ orientation: 'video' })
            }}
          >
            Switch to Video
          </Button>
        </div>
      )}
      {choosing && library && (
        <ElementsDialog
          account={library.account}
          onClose={() => {
            draft.forget()
            setChoosing(false)
          }}
        />
      )}
    </fieldset>
  )
}
