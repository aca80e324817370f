import { KeyTable } from '../../ui/Keys.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { keyList } from './keys.ts'

export function KeyList({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal title="Comparison shortcuts" onClose={onClose}>
      <KeyTable rows={keyList} />
    </Modal>
  )
}
