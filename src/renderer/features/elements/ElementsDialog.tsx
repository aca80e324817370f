import { useState } from 'react'
import type { Account, Element } from '../../../shared/domain/account.ts'
import { useApp } from '../../state/store.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { ElementShelf } from './ElementShelf.tsx'
import { NewElement } from './NewElement.tsx'
import { rememberElement, type Shelf } from './use-elements.ts'

type OwnProps = { readonly account: string; readonly onPick: (element: Element) => void }

function OwnElements({ account, onPick }: OwnProps) {
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  if (making)
    return (
      <NewElement
        account={account}
        onMade={(name) => {
          setMade(name)
          setMaking(false)
        }}
        onClose={() => {
          setMaking(false)
        }}
      />
    )
  return (
    <ElementShelf
      account={account}
      from="own"
      onPick={onPick}
      onMake={() => {
        setMaking(true)
      }}
    >
      {made !== null && (
        <Callout tone="info" title={`Kling is making “${made}” now.`}>
          This takes a while and continues when you close this window. Refresh later to choose the element.
        </Callout>
      )}
    </ElementShelf>
  )
}

export type ElementsDialogProps = { readonly account: Account; readonly onClose: () => void }

/** The element library of an account, to choose from by picture. */
export function ElementsDialog({ account, onClose }: ElementsDialogProps) {
  const [shelf, setShelf] = useState<Shelf>('own')
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const pick = (element: Element) => {
    rememberElement(element)
    changeTakeSettings({ elements: [element.id] })
    onClose()
  }
  return (
    <Modal
      width="wide"
      title="Choose an element"
      description={`The library of ${account.name}. An element gives the take a face that the provider knows.`}
      onClose={onClose}
    >
      <Tabs
        label="Elements"
        value={shelf}
        onChange={setShelf}
        tabs={[
          {
            value: 'own',
            label: 'Yours',
            content: () => <OwnElements account={account.id} onPick={pick} />,
          },
          {
            value: 'presets',
            label: 'Kling’s presets',
            content: () => <ElementShelf account={account.id} from="presets" onPick={pick} />,
          },
        ]}
      />
    </Modal>
  )
}
