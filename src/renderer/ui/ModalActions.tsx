import { Button } from './Button.tsx'

export type ModalActionsProps = {
  /** The way out, "Cancel" unless it is called something else. */
  readonly out?: string
  readonly onOut: () => void
  /** What the dialog is for; null where there is nothing to do. */
  readonly action: string | null
  readonly disabled?: boolean
  /** What it does, or the id of the form that it submits. */
  readonly act: string | (() => void)
}

/** The footer of a dialog: the way out, and the one action. */
export function ModalActions({ out = 'Cancel', onOut, action, disabled = false, act }: ModalActionsProps) {
  const does = typeof act === 'string' ? ({ type: 'submit', form: act } as const) : { onClick: act }
  return (
    <>
      <Button look="quiet" onClick={onOut}>
        {out}
      </Button>
      {action !== null && (
        <Button look="primary" disabled={disabled} {...does}>
          {action}
        </Button>
      )}
    </>
  )
}
