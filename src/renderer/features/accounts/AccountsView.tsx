import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { AccountView, RemoteProvider } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { AccountForm } from './AccountForm.tsx'
import { AccountRow } from './AccountRow.tsx'
import { purposes } from './account-words.ts'
import type { AccountSection, AccountsPlace } from '../../state/accounts.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Tabs, type Tab } from '../../ui/Tabs.tsx'
import { ClipHosts } from './ClipHosts.tsx'
import { Prices } from './Prices.tsx'
import { Spending } from './Spending.tsx'

type Editing = { readonly provider: ProviderView; readonly view: AccountView | null }

type GroupProps = {
  readonly provider: ProviderView
  readonly edit: (view: AccountView | null) => void
}

function ProviderGroup({ provider, edit }: GroupProps) {
  const accounts = useApp((state) => state.accounts)
  const own = accounts.filter(({ account }) => account.provider === provider.id)
  return (
    <section aria-label={provider.name} className="border-b border-line py-4 first:pt-0 last:border-b-0">
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h3 className="text-sm font-semibold">{provider.name}</h3>
          <p className="mt-0.5 text-xs text-soft">
            {/* Every provider that needs an account is in the table. */}
            {purposes[provider.id as RemoteProvider]} Get a key from {provider.keysFrom}.
          </p>
        </div>
        <Button
          size="small"
          icon={<Plus />}
          aria-label={`Add an account for ${provider.name}`}
          onClick={() => {
            edit(null)
          }}
        >
          Add an account
        </Button>
      </div>
      {own.length > 0 && (
        <ul aria-label={`Accounts for ${provider.name}`} className="mt-2 divide-y divide-line">
          {own.map((view) => (
            <AccountRow
              key={view.account.id}
              view={view}
              provider={provider}
              onEdit={() => {
                edit(view)
              }}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

/** The accounts by provider. With `adding`, the form for a new one is open at once. */
function AccountsSection({ adding }: { readonly adding: RemoteProvider | null }) {
  const all = useApp((state) => state.providers)
  const providers = all.filter(({ practice }) => !practice)
  const [editing, setEditing] = useState<Editing | null>(() => {
    const provider = providers.find(({ id }) => id === adding)
    return provider ? { provider, view: null } : null
  })
  return (
    <>
      {providers.map((provider) => (
        <ProviderGroup
          key={provider.id}
          provider={provider}
          edit={(view) => {
            setEditing({ provider, view })
          }}
        />
      ))}
      {editing && (
        <AccountForm
          {...editing}
          onClose={() => {
            setEditing(null)
          }}
        />
      )}
    </>
  )
}

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
