import { useId, useState } from 'react'
import { longest } from '../../../../shared/domain/marks.ts'
import type { Problem } from '../../../../shared/outcome.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Modal } from '../../../ui/Modal.tsx'
import { ModalActions } from '../../../ui/ModalActions.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { text } from './text.ts'

type BoardNameProps = {
  readonly title: string
  readonly description?: string
  readonly name: string
  readonly action: string
  readonly onName: (name: string) => Promise<Problem | null>
  readonly onClose: () => void
  readonly children?: React.ReactNode
}

/** Asks for the name of a board, and stays while the name can't be used. */
export function BoardName({ name: before, action, onName, onClose, children, ...dialog }: BoardNameProps) {
  const [name, setName] = useState(before)
  const [problem, setProblem] = useState<Problem | null>(null)
  const form = useId()
  const save = async () => {
    const found = await onName(name)
    setProblem(found)
    if (found === null) onClose()
  }
  return (
    <Modal
      {...dialog}
      onClose={onClose}
      footer={<ModalActions onOut={onClose} action={action} disabled={name.trim() === ''} act={form} />}
    >
      {children}
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label="Name of the board"
          value={name}
          maxLength={longest.boardName}
          initialFocus
          problem={problem ? `${problem.message} ${problem.advice ?? ''}`.trim() : undefined}
          onChange={setName}
        />
      </form>
    </Modal>
  )
}

/** Which board these takes are put on: one there is, or a new one. */
export function BoardDialog() {
  const takes = useApp((state) => state.boardFor)
  const boards = useApp((state) => state.boards)
  const askForBoard = useApp((state) => state.askForBoard)
  const putOnBoard = useApp((state) => state.putOnBoard)
  const makeBoard = useApp((state) => state.makeBoard)
  if (!takes) return null
  const close = () => {
    askForBoard(null)
  }
  return (
    <BoardName
      title={takes.length === 0 ? 'New board' : 'Put on a board'}
      description={text.boards}
      name=""
      action={takes.length === 0 ? 'Make the board' : 'Put on a new board'}
      onName={(name) => makeBoard(name, takes)}
      onClose={close}
    >
      {takes.length > 0 && boards.length > 0 && (
        <ul aria-label="Boards" className="mb-3 flex max-h-48 flex-wrap gap-1.5 overflow-y-auto">
          {boards.map(({ id, name }) => (
            <li key={id}>
              <Button
                size="small"
                onClick={() => {
                  close()
                  void putOnBoard(takes, id)
                }}
              >
                {name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </BoardName>
  )
}
