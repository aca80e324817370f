import { useId, useState } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { FolderBrowser, useFolder } from './FolderBrowser.tsx'

export type SaveDialogProps = {
  readonly title: string
  /** A name, and the folder to start in; null for where the user was last. */
  readonly suggested: { readonly name: string; readonly folder: string | null }
  readonly save: (folder: string, name: string) => Promise<Problem | null>
  readonly onClose: () => void
}

/** A folder and a name. It stays open while the place is not good, and says why. */
export function SaveDialog({ title, suggested, save, onClose }: SaveDialogProps) {
  const folder = useFolder(suggested.folder)
  const [name, setName] = useState(suggested.name)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [saving, setSaving] = useState(false)
  const form = useId()
  const field = useId()
  const here = folder.view
  // The list of places is not itself a folder.
  const inFolder = here !== null && here.crumbs.length > 0

  async function submit() {
    if (!here) return
    setSaving(true)
    const answer = await save(here.token, name.trim())
    setSaving(false)
    if (answer) setProblem(answer)
    else onClose()
  }

  return (
    <Modal
      width="wide"
      title={title}
      description="An existing file is never replaced."
      onClose={onClose}
      footer={
        <ModalActions
          onOut={onClose}
          action={inFolder ? `Save in “${here.name}”` : 'Choose a folder first'}
          disabled={!inFolder || saving || name.trim() === ''}
          act={form}
        />
      }
    >
      <form
        id={form}
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="flex items-center gap-3">
          <label htmlFor={field} className="text-xs text-soft">
            Name
          </label>
          <input
            id={field}
            data-initial-focus
            value={name}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setName(event.target.value)
              setProblem(null)
            }}
            className="h-9 flex-1 rounded-lg border border-edge bg-sunken px-3 text-sm"
          />
        </div>
        {problem && (
          <Callout tone="bad" title={problem.message}>
            {problem.advice}
          </Callout>
        )}
        <FolderBrowser
          folder={folder}
          chosen={[]}
          isDimmed={({ kind }) => kind !== 'folder'}
          onChoose={(entry) => {
            setName(entry.name)
          }}
          onAccept={(entry) => {
            setName(entry.name)
          }}
        />
      </form>
    </Modal>
  )
}
