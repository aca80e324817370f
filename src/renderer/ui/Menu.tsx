import { Check, ChevronRight, Ellipsis } from 'lucide-react'
import { ContextMenu, DropdownMenu } from 'radix-ui'
import { createContext, use, type ReactElement, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { IconButton } from './IconButton.tsx'
import { Keys } from './Keys.tsx'

export type MenuItem = {
  readonly label: string
  readonly icon?: ReactNode
  /** The shortcut that does the same. */
  readonly keys?: readonly string[]
  /** For one of several that apply or not. */
  readonly checked?: boolean
  readonly disabled?: boolean
  /** A line above it. */
  readonly begins?: boolean
} & ({ readonly onSelect: () => void } | { readonly items: readonly MenuItem[] })

const sheet =
  'animate-appear z-50 max-h-[min(38rem,94vh)] min-w-52 overflow-y-auto rounded-xl border border-line bg-raised p-1 text-ink shadow-float'
const row =
  'flex items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm outline-none [&_svg]:size-4 [&_svg]:text-faint data-[disabled]:text-faint data-[highlighted]:bg-hover data-[state=open]:bg-hover'

const insideMain = () => document.querySelector('main')

/** What a line of the menu has led to keeps the focus. */
const keepFocus = (event: Event) => {
  const focused = document.activeElement
  if (focused && focused !== document.body && !focused.closest('[role="menu"]')) event.preventDefault()
}

const dropdownParts = DropdownMenu
const contextParts = ContextMenu

/** Both kinds of menu have the same parts under the same names. */
const Parts = createContext<typeof dropdownParts | typeof contextParts>(dropdownParts)

function Words({ label, icon, keys, checked }: MenuItem) {
  return (
    <>
      {icon}
      <span className="flex-1">{label}</span>
      {checked === true && <Check aria-hidden />}
      {keys && <Keys keys={keys} />}
    </>
  )
}

function Item(item: MenuItem) {
  const { Item: One, CheckboxItem, Sub, SubTrigger, SubContent, Portal } = use(Parts)
  const { disabled = false, checked } = item
  if ('items' in item)
    return (
      <Sub>
        <SubTrigger disabled={disabled} className={row}>
          <Words {...item} />
          <ChevronRight aria-hidden />
        </SubTrigger>
        <Portal container={insideMain()}>
          <SubContent collisionPadding={8} className={sheet}>
            <MenuItems items={item.items} />
          </SubContent>
        </Portal>
      </Sub>
    )
  if (checked !== undefined)
    return (
      <CheckboxItem checked={checked} disabled={disabled} className={row} onSelect={item.onSelect}>
        <Words {...item} />
      </CheckboxItem>
    )
  return (
    <One disabled={disabled} className={row} onSelect={item.onSelect}>
      <Words {...item} />
    </One>
  )
}

/** The lines of a menu, for `menu` of `MenuButton` and `MenuArea`. */
export function MenuItems({ items }: { readonly items: readonly MenuItem[] }) {
  const { Separator } = use(Parts)
  return items.map((item) => (
    <div key={item.label} role="none">
      {item.begins === true && <Separator className="my-1 h-px bg-line" />}
      <Item {...item} />
    </div>
  ))
}

type MenuProps = {
  /** `MenuItems`, or what draws them; drawn only while the menu is open. */
  readonly menu: ReactNode
}

type MenuButtonProps = MenuProps & {
  readonly label: string
  readonly className?: string
  readonly tabIndex?: number
  /** In place of three dots. */
  readonly button?: ReactElement
}

/** A button that opens a menu. */
export function MenuButton({ label, menu, className, tabIndex, button }: MenuButtonProps) {
  return (
    // Not modal: locking the page would write a style element into it, which the content security policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        {button ?? (
          <IconButton
            size="small"
            label={label}
            icon={<Ellipsis />}
            tabIndex={tabIndex}
            className={classNames(className)}
          />
        )}
      </DropdownMenu.Trigger>
      {/* Inside the main landmark: what is next to it belongs to no part of the page. */}
      <DropdownMenu.Portal container={insideMain()}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={sheet}
          onCloseAutoFocus={keepFocus}
        >
          <Parts value={dropdownParts}>{menu}</Parts>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

type MenuAreaProps = MenuProps & { readonly children: ReactNode }

/** What opens the same menu by a right click, by Shift+F10, or by a long press. */
export function MenuArea({ menu, children }: MenuAreaProps) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal container={insideMain()}>
        <ContextMenu.Content collisionPadding={8} className={sheet} onCloseAutoFocus={keepFocus}>
          <Parts value={contextParts}>{menu}</Parts>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}
