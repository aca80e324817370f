import { timelineKeys } from '../features/timeline/key-list.ts'
import { KeyTable } from '../ui/Keys.tsx'
import { Modal } from '../ui/Modal.tsx'
import { keysOf, primaryKey, shortcuts, type Command } from '../lib/shortcuts.ts'

// The keys of `shortcuts` are exactly the commands.
const commands = Object.keys(shortcuts) as readonly Command[]

const everywhere = (): readonly (readonly [string, readonly string[]])[] => [
  ['Paste a copied image or video', [primaryKey(), 'V']],
  ['Move through takes', ['↑', '↓']],
  ['Close the top window', ['Esc']],
]

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const rows = [
    ...commands.map((command) => [shortcuts[command].does, keysOf(command)] as const),
    ...timelineKeys(),
    ...everywhere(),
  ]
  return (
    <Modal title="Keyboard shortcuts" description="The comparison has its own shortcuts." onClose={onClose}>
      <KeyTable rows={rows} />
    </Modal>
  )
}
