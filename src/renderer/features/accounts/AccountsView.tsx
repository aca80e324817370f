import type { AccountSection, AccountsPlace } from '../../state/accounts.ts'
import { useApp } from '../../state/store.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Tabs, type Tab } from '../../ui/Tabs.tsx'
import { AccountsSection } from './AccountsSection.tsx'
import { ClipHosts } from './ClipHosts.tsx'
import { Prices } from './Prices.tsx'
import { Spending } from './Spending.tsx'

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
    { value: 'clip-hosts', label: 'Clip hosts', content: () => <ClipHosts /> },
    { value: 'prices', label: 'Prices', content: () => <Prices /> },
    { value: 'spending', label: 'Spending', content: () => <Spending /> },
  ]
  return (
    <Modal title="Accounts" width="page" onClose={closeAccounts}>
      <Tabs label="Sections" value={place.section} tabs={tabs} onChange={openAccounts} />
    </Modal>
  )
}
