import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './IconButton.tsx'
import { useDialog } from './use-dialog.ts'

const widths = {
  narrow: 'max-w-md',
  wide: 'max-w-3xl',
  /** For a page of its own: its height does not change with what it shows. */
  page: 'h-[88vh] max-w-4xl',
} as const

export type ModalProps = {
  readonly title: string
  readonly description?: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly width?: keyof typeof widths
  readonly footer?: ReactNode
}

/**
 * A window inside the window. The backdrop is our own element because Radix's overlay writes a style element into the
 * page, which the content security policy forbids.
 */
export function Modal({ title, description, onClose, children, width = 'narrow', footer }: ModalProps) {
  const { content, onPointerDownOutside } = useDialog(onClose)
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog.Portal>
        <div className="fixed inset-0 z-40 bg-black/55" />
        <Dialog.Content
          {...content}
          aria-modal
          {...(description === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            const opened = event.currentTarget
            if (!(opened instanceof HTMLElement)) return
            // Not on the way out, as Radix would: the first element is the button that closes.
            event.preventDefault()
            const start = opened.querySelector<HTMLElement>('[data-initial-focus]') ?? opened
            start.focus()
          }}
          onPointerDownOutside={onPointerDownOutside}
          className={classNames(
            'animate-appear fixed top-1/2 left-1/2 z-40 flex max-h-[88vh] w-[92vw] -translate-x-1/2 -translate-y-1/2 flex-col',
            'rounded-xl border border-line bg-panel shadow-float focus:outline-none',
            // At 400 % its title and its buttons would leave no room for what is between them.
            '[@media(max-height:359px)]:max-h-[96vh] [@media(max-height:359px)]:overflow-y-auto',
            widths[width],
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
              {description !== undefined && (
                <Dialog.Description className="mt-1 text-sm text-soft">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close asChild>
              <IconButton label="Close" size="small" icon={<X />} />
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5 [@media(max-height:359px)]:flex-none [@media(max-height:359px)]:overflow-visible">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3.5">
              {footer}
            </footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
