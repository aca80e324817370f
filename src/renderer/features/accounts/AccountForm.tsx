import { useId, useState, type SyntheticEvent } from 'react'
import type { AccountDraft, AccountView } from '../../../shared/account.ts'
import type { ProviderView } from '../../../shared/contract.ts'
import { useApp } from '../../app/store.ts'
import { useAsking } from '../../app/use-asking.ts'
import { desktop } from '../../desktop.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { AddressFields } from './AddressFields.tsx'
import { fieldsOf, readFields, readKeys, type AccountFields, type FieldErrors } from './account-draft.ts'
import { KeyFields, type KeyKind } from './KeyFields.tsx'

export type AccountFormProps = {
  readonly provider: ProviderView
  readonly draft: AccountDraft
  /** The account as it stands; null for a new one. */
  readonly known: AccountView | null
  readonly onClose: () => void
}

const newAccountError = 'A new account needs its key.'

/** Everything about one account. What is typed as a key leaves with `account:save` and is nowhere else. */
export function AccountForm({ provider, draft, known, onClose }: AccountFormProps) {
  const [fields, setFields] = useState<AccountFields>(() => fieldsOf(draft, provider))
  const [kind, setKind] = useState<KeyKind>(known?.key.kind ?? 'key')
  const [errors, setErrors] = useState<FieldErrors>({})
  const { pending, problem, run } = useAsking()
  const readAccounts = useApp((state) => state.readAccounts)
  const id = useId()
  const isKling = draft.provider === 'kling'
  const canPair = isKling && fields.generation === '1'
  const fromEnvironment = known?.fromEnvironment === true
  const change = (part: Partial<AccountFields>) => {
    setFields({ ...fields, ...part })
    setErrors({})
  }

  async function save(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    const read = readFields(draft, fields, provider)
    const typed = fromEnvironment ? { keys: {} } : readKeys(event.currentTarget)
    const none = 'keys' in typed && known === null && Object.keys(typed.keys).length === 0
    const wrong: FieldErrors = {
      ...('errors' in read && read.errors),
      ...('error' in typed && { keys: typed.error }),
      ...(none && { keys: newAccountError }),
    }
    setErrors(wrong)
    if (!('draft' in read) || !('keys' in typed) || none) return
    const saved = await run(() => desktop().ask['account:save']({ account: read.draft, keys: typed.keys }))
    if (!saved) return
    await readAccounts()
    onClose()
  }

  return (
    <Modal
      title={known ? `Edit “${known.account.name}”` : `Add an account of ${provider.name}`}
      description={`Keys are made in ${provider.keysFrom}.`}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={id} disabled={pending}>
            {known ? 'Save' : 'Add the account'}
          </Button>
        </>
      }
    >
      <form id={id} noValidate className="space-y-4" onSubmit={(event) => void save(event)}>
        <TextField
          label="Name"
          data-initial-focus
          value={fields.name}
          maxLength={60}
          error={errors.name ?? null}
          onChange={(event) => {
            change({ name: event.target.value })
          }}
        />
        {fromEnvironment ? (
          <p className="text-sm text-soft">
            Its key comes from the environment ({known.variables.join(', ')}) and is changed there.
          </p>
        ) : (
          <KeyFields
            kind={canPair ? kind : 'key'}
            canPair={canPair}
            known={known?.key.lastFour ?? null}
            error={errors.keys ?? null}
            onKind={(next) => {
              setKind(next)
              setErrors({})
            }}
          />
        )}
        <AddressFields
          draft={draft}
          provider={provider}
          fields={fields}
          errors={errors}
          onChange={change}
        />
        <ProblemCallout problem={problem} />
      </form>
    </Modal>
  )
}
