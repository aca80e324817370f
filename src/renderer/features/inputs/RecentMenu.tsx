import { History } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useApp } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { pairWords } from './pair-words.ts'
import { useRecents } from './use-recents.ts'

const item =
  'flex items-center gap-3 rounded-md px-2.5 py-1.5 text-sm outline-none data-[disabled]:text-faint data-[highlighted]:bg-hover'

/** The pairs that were used last, within reach of an input. */
export function RecentMenu() {
  const recents = useRecents()
  const openRecent = useApp((state) => state.openRecent)
  const forgetRecents = useApp((state) => state.forgetRecents)
  if (recents.length === 0) return null
  return (
    // Not modal: locking the page would write a style element into it, which the content security policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton size="small" label="Files used last" icon={<History />} />
      </DropdownMenu.Trigger>
      {/* Inside the main place: what lies beside it belongs to no part of the page. */}
      <DropdownMenu.Portal container={document.querySelector('main')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="animate-appear z-50 max-h-80 max-w-96 min-w-56 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
        >
          {recents.map((pair) => (
            <DropdownMenu.Item
              key={pair.id}
              disabled={!pair.present}
              className={item}
              onSelect={() => void openRecent(pair.id)}
            >
              <span className="min-w-0 flex-1 truncate">{pairWords(pair)}</span>
              {!pair.present && <span className="text-xs">moved or deleted</span>}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => void forgetRecents()}>
            Forget them
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
