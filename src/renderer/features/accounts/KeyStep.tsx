import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { isKeyed } from '../../state/accounts.ts'
import { useCall } from '../../lib/use-call.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { otherAddress } from './account-draft.ts'
import { AddressChoice, AdvancedFields, Field, KeyFields } from './AccountFields.tsx'
import { AccountTest } from './AccountRow.tsx'
import { text } from './text.ts'
import { useAccountForm } from './use-account-form.ts'

type SiteProps = { readonly provider: ProviderView; readonly address: string }

/** The website where the key is made; it opens in the system's browser. */
function Site({ provider, address }: SiteProps) {
  const site = provider.addresses.find(({ url }) => url === address)?.site
  if (address === otherAddress || site === undefined) return null
  return (
    <p className="text-sm text-soft">
      {text.noKeyYet}{' '}
      <a
        href={site}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center gap-1 rounded text-ink underline underline-offset-2 [&_svg]:size-3.5"
      >
        {new URL(site).host} <ExternalLink aria-hidden />
      </a>
    </p>
  )
}

type KeyStepProps = {
  readonly provider: ProviderView
  /** The account that lacks its key; null where there is none yet. */
  readonly view: AccountView | null
  /** The id of the form, for a button outside of it. */
  readonly form: string
  readonly onDone: () => void
}

/** The key of an account. It is saved and tested at once, and the step ends once it works. */
export function KeyStep({ provider, view: first, form, onDone }: KeyStepProps) {
  const [view, setView] = useState(first)
  const test = useCall('account:test')
  const account = useAccountForm({
    ...{ provider, view, needsKey: !isKeyed(view ?? undefined) },
    onSaved: (saved) => {
      setView(saved)
      void test.run({ account: saved.account.id }).then((answer) => {
        if (answer.ok && answer.value.verdict === 'works') onDone()
      })
    },
  })
  const props = { ...account, provider, view }
  const isUndecided = test.problem !== null || test.answer?.verdict === 'undecided'
  return (
    <form
      id={form}
      noValidate
      autoComplete="off"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!account.saving.pending && !test.pending) void account.save()
      }}
    >
      <Site provider={provider} address={account.fields.address} />
      <AddressChoice {...props} />
      <KeyFields {...props} />
      <AdvancedFields {...props}>
        <Field {...props} name="name" label="Name" maxLength={60} />
      </AdvancedFields>
      <ProblemCallout problem={account.saving.problem} />
      <AccountTest {...test} />
      {isUndecided && !test.pending && (
        <Button size="small" onClick={onDone}>
          Continue without the test
        </Button>
      )}
    </form>
  )
}
