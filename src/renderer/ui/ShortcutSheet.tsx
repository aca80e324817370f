import { shortcutList, type Scope } from '../lib/shortcuts.ts'
import { Keys } from './Keys.tsx'
import { Modal } from './Modal.tsx'

type ShortcutSheetProps = {
  readonly title: string
  readonly description?: string
  readonly scopes: readonly Scope[]
  readonly onClose: () => void
}

/** What the shortcuts of these scopes do, each with its keys. */
export function ShortcutSheet({ scopes, ...dialog }: ShortcutSheetProps) {
  return (
    <Modal {...dialog}>
      <dl className="divide-y divide-line text-sm">
        {scopes.flatMap(shortcutList).map(({ does, keys }) => (
          <div key={does} className="flex items-center justify-between gap-4 py-2">
            <dt className="text-soft">{does}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
