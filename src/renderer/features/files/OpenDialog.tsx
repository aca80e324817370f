import { useState } from 'react'
import type { FileRef, FolderEntry } from '../../../shared/domain/views.ts'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { primaryKey } from '../../lib/shortcuts.ts'
import type { Wanted } from '../../state/file-question.ts'
import { FolderBrowser } from './FolderBrowser.tsx'
import { useFolder } from './use-folder.ts'

const titles: Readonly<Record<Wanted, string>> = {
  character: 'Choose an image for the character',
  clip: 'Choose a video for the clip',
  any: 'Choose a character, a clip, or both',
}

const toFile = (entry: FolderEntry): FileRef[] =>
  entry.kind === 'folder' ? [] : [{ token: entry.token, name: entry.name, bytes: entry.bytes }]

export type OpenDialogProps = {
  readonly wanted: Wanted
  readonly onAnswer: (files: readonly FileRef[]) => void
}

export function OpenDialog({ wanted, onAnswer }: OpenDialogProps) {
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
