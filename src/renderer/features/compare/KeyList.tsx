import { Keys } from '../../ui/Keys.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { keyList } from './keys.ts'

export function KeyList({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal title="Comparison shortcuts" onClose={onClose}>
      <dl className="divide-y divide-line text-sm">
        {keyList.map(([does, keys]) => (
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
