import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { keyKindOf, type AccountFields, type FieldProblems } from './account-draft.ts'
import { variablesOf } from './account-words.ts'
import { Callout } from '../../ui/Callout.tsx'

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
        The key comes from the environment ({variablesOf(view)}). Change it there.
      </p>
    )
  const kept = view !== null && view.key.state !== 'none' && view.key.state !== 'needed-again'
  const hint = kept ? 'Leave empty to keep the stored key.' : `Get it from ${provider.keysFrom}.`
  return (
    <div className="space-y-3">
      {provider.id === 'kling' && fields.generation === '1' && (
        <Segmented
          label="Key type"
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

function Generation({ fields, change }: AccountFieldsProps) {
  return (
    <div>
      <span aria-hidden className="mb-1 block text-xs text-soft">
        API version
      </span>
      <Segmented
        label="API version"
        value={fields.generation}
        options={[
          { value: '1', label: 'Classic API' },
          { value: '2', label: 'Newer API' },
        ]}
        onChange={(generation) => {
          change({ generation })
        }}
      />
      {fields.generation === '2' && (
        <p className="mt-1 text-xs text-faint">The newer API needs an API key.</p>
      )}
    </div>
  )
}

function Repository({ fields, problems, change }: AccountFieldsProps) {
  return (
    <div className="space-y-2">
      <TextField
        mono
        label="Repository for clips (optional)"
        placeholder="namespace/repository"
        value={fields.repository}
        hint="Lets Oxen store the files of a take."
        problem={problems.repository}
        onChange={(repository) => {
          change({ repository })
        }}
      />
      {fields.repository.trim() !== '' && (
        <Callout tone="warn" title="A public repository shows its files to everyone.">
          Its history keeps them, even after they are deleted. Use a private one.
        </Callout>
      )}
    </div>
  )
}

/** What only some services need to know. */
export function ProviderFields(props: AccountFieldsProps) {
  const { provider, fields, problems, change } = props
  switch (provider.id) {
    case 'kling':
      return <Generation {...props} />
    case 'kling-gateway':
      return (
        <TextField
          mono
          label="Poll path (optional)"
          placeholder="/v1/video/generations/{id}"
          value={fields.pollPath}
          hint="Only if task status has a different path."
          problem={problems.pollPath}
          onChange={(pollPath) => {
            change({ pollPath })
          }}
        />
      )
    case 'oxen':
      return <Repository {...props} />
    default:
      return null
  }
}
