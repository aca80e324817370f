import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { keyKindOf, type AccountFields, type FieldProblems } from './account-draft.ts'
import { variablesOf } from './account-words.ts'

export type AccountFieldsProps = {
  readonly provider: ProviderView
  /** Null for a new account. */
  readonly view: AccountView | null
  readonly fields: AccountFields
  readonly problems: FieldProblems
  readonly change: (to: Partial<AccountFields>) => void
}

function KeyPair({ fields, problems, change, hint }: AccountFieldsProps & { readonly hint: string }) {
  return (
    <div className="grid gap-3 min-[560px]:grid-cols-2">
      <TextField
        secret
        label="Access key"
        value={fields.accessKey}
        hint={hint}
        problem={problems.accessKey}
        onChange={(accessKey) => {
          change({ accessKey })
        }}
      />
      <TextField
        secret
        label="Secret key"
        value={fields.secretKey}
        problem={problems.secretKey}
        onChange={(secretKey) => {
          change({ secretKey })
        }}
      />
    </div>
  )
}

/** Where keys are typed; what is kept already is never shown. */
export function KeyFields(props: AccountFieldsProps) {
  const { provider, view, fields, problems, change } = props
  if (view?.fromEnvironment)
    return (
      <p className="text-xs text-soft">
        The key comes from the environment ({variablesOf(view)}), so it is changed there and not here.
      </p>
    )
  const kept = view !== null && view.key.state !== 'none' && view.key.state !== 'needed-again'
  const hint = kept ? 'Leave it empty to keep what is stored.' : `You get it from ${provider.keysFrom}.`
  return (
    <div className="space-y-3">
      {provider.id === 'kling' && fields.generation === '1' && (
        <Segmented
          label="Kind of key"
          value={fields.keyKind}
          options={[
            { value: 'key', label: 'API key' },
            { value: 'pair', label: 'Access key + secret key' },
          ]}
          onChange={(keyKind) => {
            change({ keyKind })
          }}
        />
      )}
      {keyKindOf(fields) === 'pair' ? (
        <KeyPair {...props} hint={hint} />
      ) : (
        <TextField
          secret
          label="API key"
          value={fields.key}
          hint={hint}
          problem={problems.key}
          onChange={(key) => {
            change({ key })
          }}
        />
      )}
    </div>
  )
}
