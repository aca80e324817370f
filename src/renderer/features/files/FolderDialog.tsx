import { useState } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { FolderBrowser } from './FolderBrowser.tsx'
import { useFolder } from './use-folder.ts'

type FolderDialogProps = {
  readonly title: string
  readonly description: string
  readonly accept: (folder: string) => Promise<Problem | null>
  readonly onClose: () => void
}

/** A folder. It stays open while the place is not good, and says why. */
export function FolderDialog({ title, description, accept, onClose }: FolderDialogProps) {
  const folder = useFolder()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [trying, setTrying] = useState(false)
  const here = folder.view
  // The list of places is not itself a folder.
  const inFolder = here !== null && here.crumbs.length > 0

  async function choose() {
    if (!here) return
    setTrying(true)
    const answer = await accept(here.token)
    setTrying(false)
    if (answer) setProblem(answer)
    else onClose()
  }

  return (
    <Modal
      width="wide"
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <ModalActions
          onOut={onClose}
          action={inFolder ? `Use “${here.name}”` : 'Choose a folder first'}
          disabled={!inFolder || trying}
          act={() => void choose()}
        />
      }
    >
      {problem && (
        <Callout tone="bad" title={problem.message} className="mb-3">
          {problem.advice}
        </Callout>
      )}
      <FolderBrowser
        folder={folder}
        chosen={[]}
        isDimmed={({ kind }) => kind !== 'folder'}
        onChoose={() => undefined}
        onAccept={() => undefined}
      />
    </Modal>
  )
}
