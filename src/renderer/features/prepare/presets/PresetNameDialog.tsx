import { useId, useState } from 'react'
import type { Outcome } from '../../../../shared/outcome.ts'
import { Button } from '../../../ui/Button.tsx'
import { Modal } from '../../../ui/Modal.tsx'
import { TextField } from '../../../ui/TextField.tsx'

type PresetNameDialogProps = {
  readonly taken: readonly string[]
  readonly save: (name: string) => Promise<Outcome<null>>
  readonly onClose: () => void
}

/** Gives the settings of the form a name. */
export function PresetNameDialog({ taken, save, onClose }: PresetNameDialogProps) {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const form = useId()
  const replaced = taken.find((other) => other.toLowerCase() === name.trim().toLowerCase())

  async function submit() {
    const saved = await save(name)
    if (saved.ok) onClose()
    else setProblem(saved.problem.message)
  }

  return (
    <Modal
      title="Keep these settings"
      description="Provider, model, orientation, mode, sound and how files are made to fit; not the prompt and not the files."
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={form} disabled={name.trim() === ''}>
            {replaced === undefined ? 'Keep' : `Replace “${replaced}”`}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') void submit()
        }}
      >
        <TextField
          label="Name"
          value={name}
          maxLength={60}
          initialFocus
          problem={problem}
          onChange={(value) => {
            setName(value)
            setProblem(undefined)
          }}
        />
      </form>
    </Modal>
  )
}
