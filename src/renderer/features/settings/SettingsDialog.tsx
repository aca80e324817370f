import { useState } from 'react'
import { Modal } from '../../ui/Modal.tsx'
import { SideTabs } from '../../ui/SideTabs.tsx'
import type { Tab } from '../../ui/Tabs.tsx'
import { Files } from './Files.tsx'
import { General } from './General.tsx'
import { Help } from './Help.tsx'
import { Shortcuts } from './Shortcuts.tsx'
import { Storage } from './Storage.tsx'
import { Takes } from './Takes.tsx'

type Section = 'general' | 'files' | 'takes' | 'shortcuts' | 'storage' | 'help'

/** Everything that is chosen once, by section. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const [section, setSection] = useState<Section>('general')
  const tabs: readonly Tab<Section>[] = [
    { value: 'general', label: 'General', content: () => <General /> },
    { value: 'files', label: 'Files', content: () => <Files /> },
    { value: 'takes', label: 'Takes', content: () => <Takes onLeave={onClose} /> },
    { value: 'shortcuts', label: 'Shortcuts', content: () => <Shortcuts /> },
    { value: 'storage', label: 'Storage', content: () => <Storage onLeave={onClose} /> },
    { value: 'help', label: 'Help', content: () => <Help /> },
  ]
  return (
    <Modal title="Settings" width="page" onClose={onClose}>
      <SideTabs label="Sections" value={section} tabs={tabs} onChange={setSection} />
    </Modal>
  )
}
