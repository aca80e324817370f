import { Ellipsis } from 'lucide-react'
import { ContextMenu, DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './IconButton.tsx'

export type MenuItem = {
  readonly label: string
  readonly icon?: ReactNode
  readonly disabled?: boolean
  /** A line above it. */
  readonly begins?: boolean
  readonly onSelect: () => void
}

const sheet =
  'animate-appear z-50 max-h-96 min-w-52 overflow-y-auto rounded-xl border border-line bg-raised p-1 text-ink shadow-float'
const row =
  'flex items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm outline-none [&_svg]:size-4 [&_svg]:text-faint data-[disabled]:text-faint data-[highlighted]:bg-hover'

const insideMain = () => document.querySelector('main')

type Parts = Pick<typeof DropdownMenu | typeof ContextMenu, 'Item' | 'Separator'>

function Items({
  parts: { Item, Separator },
  items,
}: {
  readonly parts: Parts
  readonly items: readonly MenuItem[]
}) {
  return items.map(({ label, icon, disabled = false, begins = false, onSelect }) => (
    <div key={label} role="none">
      {begins && <Separator className="my-1 h-px bg-line" />}
      <Item disabled={disabled} className={row} onSelect={onSelect}>
        {icon}
        {label}
      </Item>
    </div>
  ))
}

type MenuButtonProps = {
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly className?: string
}

/** Three dots that open a menu. */
export function MenuButton({ label, items, className }: MenuButtonProps) {
  return (
    // Not modal: locking the page would write a style element into it, which the content security policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton size="small" label={label} icon={<Ellipsis />} className={classNames(className)} />
      </DropdownMenu.Trigger>
      {/* Inside the main landmark: what is next to it belongs to no part of the page. */}
      <DropdownMenu.Portal container={insideMain()}>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} className={sheet}>
          <Items parts={DropdownMenu} items={items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

type MenuAreaProps = { readonly items: readonly MenuItem[]; readonly children: ReactNode }

/** What opens the same menu by a right click, by Shift+F10, or by a long press. */
export function MenuArea({ items, children }: MenuAreaProps) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal container={insideMain()}>
        <ContextMenu.Content collisionPadding={8} className={sheet}>
          <Items parts={ContextMenu} items={items} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}
