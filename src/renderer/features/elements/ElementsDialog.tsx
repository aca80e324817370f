import { useState } from 'react'
import type { Account, Element } from '../../../shared/domain/account.ts'
import { useApp } from '../../state/store.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { ElementShelf } from './ElementShelf.tsx'
import { NewElement } from './NewElement.tsx'
import { rememberElement, type Shelf } from './use-elements.ts'
import { text } from './text.ts'

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
        <Callout tone="info" title={text.isMaking(made)}>
          {text.makingTakesAWhile}
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
    <Modal width="wide" title="Choose an element" description={text.library(account.name)} onClose={onClose}>
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
