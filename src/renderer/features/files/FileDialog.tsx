import type { FileQuestion } from '../../state/file-question.ts'
import { useApp } from '../../state/store.ts'
import { FolderDialog } from './FolderDialog.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { SaveDialog } from './SaveDialog.tsx'

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
  return <SaveDialog suggestedName={question.suggestedName} save={question.save} onClose={question.close} />
}

/** Stands in where the system's own open and save dialogs do not exist. */
export function FileDialog() {
  const question = useApp((state) => state.fileQuestion)
  return question && dialogFor(question)
}
