import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './IconButton.tsx'
import { useDialog } from './use-dialog.ts'

export type SheetProps = {
  readonly title: string
  readonly footer?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What has no room beside the stage, over its right side. The backdrop is our own, as that of `Modal` is. */
export function Sheet({ title, footer, onClose, children }: SheetProps) {
  const { content, onPointerDownOutside } = useDialog(onClose)
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog.Portal>
        <div className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Content
          {...content}
          aria-modal
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // A fold that was sought takes the focus itself.
            if (event.currentTarget instanceof HTMLElement) {
              event.preventDefault()
              if (!event.currentTarget.contains(document.activeElement)) event.currentTarget.focus()
            }
          }}
          onPointerDownOutside={onPointerDownOutside}
          className="animate-appear fixed inset-y-0 right-0 z-30 flex w-[min(20rem,92vw)] flex-col border-l border-line bg-panel shadow-float focus:outline-none"
        >
          <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
            <Dialog.Title className="text-sm font-semibold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" size="small" icon={<X />} />
            </Dialog.Close>
          </div>
          {children}
          {footer && (
            <div className="flex h-11 shrink-0 items-center justify-end border-t border-line px-4">
              {footer}
            </div>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
