import { useState } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { FolderBrowser, useFolder } from './FolderBrowser.tsx'
import type { FileRef, FolderEntry } from '../../../shared/domain/views.ts'
import { primaryKey } from '../../lib/shortcuts.ts'
import type { Wanted, FileQuestion } from '../../state/file-question.ts'
import { useApp } from '../../state/store.ts'
import { SaveDialog } from './SaveDialog.tsx'

type FolderDialogProps = {
  readonly title: string
  readonly description: string
  readonly accept: (folder: string) => Promise<Problem | null>
  readonly onClose: () => void
}

/** A folder. It stays open while the place is not good, and says why. */
function FolderDialog({ title, description, accept, onClose }: FolderDialogProps) {
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

const titles: Readonly<Record<Wanted, string>> = {
  character: 'Choose an image for the character',
  clip: 'Choose a video for the clip',
  any: 'Choose a character, a clip, or both',
}

const toFile = (entry: FolderEntry): FileRef[] =>
  entry.kind === 'folder' ? [] : [{ token: entry.token, name: entry.name, bytes: entry.bytes }]

type OpenDialogProps = {
  readonly wanted: Wanted
  readonly onAnswer: (files: readonly FileRef[]) => void
}

function OpenDialog({ wanted, onAnswer }: OpenDialogProps) {
  const folder = useFolder()
  const [chosen, setChosen] = useState<readonly FolderEntry[]>([])
  const several = wanted === 'any'

  function choose(entry: FolderEntry, add: boolean) {
    const has = chosen.some(({ token }) => token === entry.token)
    if (has) setChosen(chosen.filter(({ token }) => token !== entry.token))
    else setChosen(several && add ? [...chosen, entry] : [entry])
  }

  const close = () => {
    onAnswer([])
  }
  return (
    <Modal
      width="wide"
      title={titles[wanted]}
      {...(several && { description: `Hold ${primaryKey()} to choose more than one.` })}
      onClose={close}
      footer={
        <ModalActions
          onOut={close}
          action={chosen.length > 1 ? `Choose ${String(chosen.length)} files` : 'Choose'}
          disabled={chosen.length === 0}
          act={() => {
            onAnswer(chosen.flatMap(toFile))
          }}
        />
      }
    >
      <FolderBrowser
        folder={folder}
        chosen={chosen.map(({ token }) => token)}
        isDimmed={({ kind }) => wanted !== 'any' && kind !== 'folder' && kind !== wanted}
        onChoose={choose}
        onAccept={(entry) => {
          onAnswer([...chosen.filter(({ token }) => several && token !== entry.token), entry].flatMap(toFile))
        }}
      />
    </Modal>
  )
}

function dialogFor(question: FileQuestion) {
  if (question.purpose === 'open') return <OpenDialog wanted={question.wanted} onAnswer={question.answer} />
  if (question.purpose === 'folder')
    return (
      <FolderDialog
        title={question.title}
        description={question.description}
        accept={question.accept}
        onClose={question.close}
      />
    )
  return (
    <SaveDialog
      title={question.title}
      suggested={question.suggested}
      save={question.save}
      onClose={question.close}
    />
  )
}

/** Stands in where the system's own open and save dialogs do not exist. */
export function FileDialog() {
  const question = useApp((state) => state.fileQuestion)
  return question && dialogFor(question)
}
