import type { AccountSection, AccountsPlace } from '../../app/accounts-slice.ts'
import { useApp } from '../../app/store.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Tabs, type Tab } from '../../ui/Tabs.tsx'
import { AccountsSection } from './AccountsSection.tsx'

/** Everything about the services: accounts, how files reach them, what they charge, and what was spent. */
export function AccountsView({ place }: { readonly place: AccountsPlace }) {
  const openAccounts = useApp((state) => state.openAccounts)
  const closeAccounts = useApp((state) => state.closeAccounts)
  const tabs: readonly Tab<AccountSection>[] = [
    {
      value: 'accounts',
      label: 'Accounts',
      content: () => <AccountsSection key={place.provider} adding={place.provider} />,
    },
  ]
  return (
    <Modal title="Accounts" width="page" onClose={closeAccounts}>
      <Tabs label="Parts of this page" value={place.section} tabs={tabs} onChange={openAccounts} />
    </Modal>
  )
}
