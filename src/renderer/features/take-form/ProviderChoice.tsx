import { TableProperties } from 'lucide-react'
import { useState } from 'react'
import { remoteProviders, type AccountView } from '../../../shared/domain/account.ts'
import { practiceWords } from '../../../shared/text/practice-words.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { accountsOf } from '../../state/accounts.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { CapabilityTable } from './CapabilityTable.tsx'
import { chosenModel, chosenProvider } from '../../state/inputs.ts'
import { text } from './text.ts'

const keyWords = ({ key, fromEnvironment }: AccountView): string => {
  if (key.state === 'none') return ' (no key)'
  if (key.state === 'needed-again') return ' (key needed again)'
  if (fromEnvironment) return ' (from the environment)'
  return key.lastFour === null ? '' : ` (key ends in ${key.lastFour})`
}

/** The account that pays: no choice with one account, and a way to add the first one. */
function AccountChoice({ provider }: { readonly provider: ProviderView }) {
  const accounts = useApp((state) => state.accounts)
  const account = useApp((state) => state.takeSettings.account)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const beginSetUp = useApp((state) => state.beginSetUp)
  const own = accountsOf(accounts, provider.id)
  const remote = remoteProviders.find((id) => id === provider.id)
  const setUp = () => {
    if (remote) beginSetUp(remote)
  }
  const [first] = own
  if (!first)
    return (
      <div className="rounded-lg bg-warn-wash px-3 py-2.5 text-sm">
        <p className="text-soft">{text.needsAccount(provider.name)}</p>
        <Button size="small" look="primary" className="mt-2" onClick={setUp}>
          Set up {provider.name}…
        </Button>
      </div>
    )
  const chosen = own.find((view) => view.account.id === account) ?? first
  const keyGone = chosen.key.state === 'none' || chosen.key.state === 'needed-again'
  return (
    <>
      {own.length > 1 ? (
        <SelectField
          label="Account"
          value={chosen.account.id}
          onChange={(id) => {
            changeTakeSettings({ account: id })
          }}
          options={own.map((view) => ({
            value: view.account.id,
            label: `${view.account.name}${keyWords(view)}`,
          }))}
        />
      ) : (
        <p className="truncate text-xs text-soft">
          <span className="text-faint">Account </span>
          {first.account.name}
          {keyWords(first)}
        </p>
      )}
      {keyGone && (
        <Button size="small" onClick={setUp}>
          Enter the key…
        </Button>
      )}
    </>
  )
}

function ModelSelect({ provider }: { readonly provider: ProviderView }) {
  const model = useApp(chosenModel)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  if (provider.models.length < 2) return null
  return (
    <SelectField
      label="Model"
      value={model?.model ?? ''}
      onChange={(chosen) => {
        changeTakeSettings({ model: chosen })
      }}
      options={provider.models.map((rules) => ({ value: rules.model, label: rules.name }))}
    />
  )
}

/** The provider, the account that pays, and the model. */
export function ProviderChoice() {
  const providers = useApp((state) => state.providers)
  const accounts = useApp((state) => state.accounts)
  const provider = useApp(chosenProvider)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const [comparing, setComparing] = useState(false)
  if (!provider) return null
  const aside = ({ id, practice }: ProviderView) => {
    if (practice) return ' (free, on this computer)'
    return accountsOf(accounts, id).length === 0 ? ' (no account yet)' : ''
  }
  return (
    <section aria-label="Provider" className="space-y-2.5">
      <SelectField
        label="Provider"
        value={provider.id}
        onChange={(id) => {
          const model = providers.find((one) => one.id === id)?.models[0]
          if (model) changeTakeSettings({ provider: model.provider, model: model.model })
        }}
        options={providers.map((one) => ({ value: one.id, label: `${one.name}${aside(one)}` }))}
      />
      <ModelSelect provider={provider} />
      {provider.practice ? (
        <p className="text-xs text-faint">{practiceWords}.</p>
      ) : (
        <AccountChoice provider={provider} />
      )}
      <Button
        size="small"
        look="quiet"
        className="-ml-2.5"
        icon={<TableProperties />}
        onClick={() => {
          setComparing(true)
        }}
      >
        Compare providers
      </Button>
      {comparing && (
        <CapabilityTable
          onClose={() => {
            setComparing(false)
          }}
        />
      )}
    </section>
  )
}
