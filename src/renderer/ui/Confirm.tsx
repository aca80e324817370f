import { AlertDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { useDialog } from './use-dialog.ts'

export type ConfirmProps = {
  readonly title: string
  readonly children: ReactNode
  /** Says what happens, for example "Generate for about 0.70 USD". */
  readonly confirm: string
  readonly cancel?: string
  readonly danger?: boolean
  /** False while what is asked about is still being looked up. */
  readonly ready?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** A question before something that can't be undone. The focus starts on Cancel. */
export function Confirm({
  title,
  children,
  confirm,
  cancel = 'Cancel',
  danger = false,
  ready = true,
  onConfirm,
  onCancel,
}: ConfirmProps) {
  const { content } = useDialog(onCancel)
  return (
    <AlertDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onCancel()
      }}
    >
      <AlertDialog.Portal>
        <div className="fixed inset-0 z-40 bg-black/55" />
        <AlertDialog.Content
          {...content}
          aria-modal
          className="animate-appear fixed top-1/2 left-1/2 z-40 max-h-[96vh] w-[92vw] max-w-md -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line overflow-y-auto bg-panel p-5 shadow-float focus:outline-none"
        >
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 space-y-2 text-sm text-soft">{children}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button look="quiet">{cancel}</Button>
            </AlertDialog.Cancel>
            <Button look={danger ? 'danger' : 'primary'} disabled={!ready} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
