import { useState, type ReactNode } from 'react'
import type { AccountView } from '../../../shared/domain/account.ts'
import type { ProviderView } from '../../../shared/domain/views.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { TextField, type TextFieldProps } from '../../ui/TextField.tsx'
import {
  addressOptions,
  keyKindOf,
  otherAddress,
  type AccountFields,
  type FieldProblems,
} from './account-draft.ts'
import { variablesOf } from './account-words.ts'
import { Callout } from '../../ui/Callout.tsx'
import { text } from './text.ts'

export type AccountFieldsProps = {
  readonly provider: ProviderView
  /** Null for a new account. */
  readonly view: AccountView | null
  readonly fields: AccountFields
  readonly problems: FieldProblems
  readonly change: (to: Partial<AccountFields>) => void
}

type FieldProps = AccountFieldsProps &
  Omit<TextFieldProps, 'value' | 'problem' | 'onChange'> & {
    readonly name: Exclude<keyof AccountFields, 'keyKind' | 'generation' | 'address'>
  }

/** One line of the form. */
export function Field({ fields, problems, change, name, ...field }: FieldProps) {
  return (
    <TextField
      {...field}
      value={fields[name]}
      problem={problems[name]}
      onChange={(value) => {
        change({ [name]: value })
      }}
    />
  )
}

/** Where keys are typed; what is kept already is never shown. */
export function KeyFields(props: AccountFieldsProps) {
  const { provider, view, fields, change } = props
  if (view?.fromEnvironment)
    return (
      <p className="text-xs text-soft">
        The key comes from the environment ({variablesOf(view)}). Change it there.
      </p>
    )
  const kept = view !== null && view.key.state !== 'none' && view.key.state !== 'needed-again'
  const hint = kept ? text.keepStoredKey : text.getKeyFrom(provider.keysFrom)
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
        <div className="grid gap-3 min-[560px]:grid-cols-2">
          <Field {...props} secret name="accessKey" label="Access key" hint={hint} />
          <Field {...props} secret name="secretKey" label="Secret key" />
        </div>
      ) : (
        <Field {...props} secret name="key" label="API key" hint={hint} />
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
      {fields.generation === '2' && <p className="mt-1 text-xs text-faint">{text.newerApiNeedsKey}</p>}
    </div>
  )
}

function Repository(props: AccountFieldsProps) {
  return (
    <div className="space-y-2">
      <Field
        {...props}
        mono
        name="repository"
        label="Repository for clips (optional)"
        placeholder="namespace/repository"
        hint={text.repositoryUse}
      />
      {props.fields.repository.trim() !== '' && (
        <Callout tone="warn" title={text.repositoryIsPublic}>
          {text.repositoryHistory}
        </Callout>
      )}
    </div>
  )
}

function Address(props: AccountFieldsProps) {
  const { provider, fields, change } = props
  return (
    <>
      <SelectField
        label="Address"
        value={fields.address}
        options={addressOptions(provider.addresses)}
        onChange={(address) => {
          change({ address })
        }}
      />
      {fields.address === otherAddress && (
        <Field
          {...props}
          mono
          name="otherAddress"
          label="Other address"
          placeholder="https://api.example.com"
          hint={text.addressTrust}
        />
      )}
    </>
  )
}

/** A key belongs to one of several addresses, so one has to be chosen; a single one is right. */
export function AddressChoice(props: AccountFieldsProps) {
  return props.provider.addresses.length > 1 ? <Address {...props} /> : null
}

const advanced = ['name', 'otherAddress', 'pollPath', 'repository', 'parallel'] as const

/** What hardly anybody changes. It opens where something in it is wrong. */
export function AdvancedFields({
  children,
  ...props
}: AccountFieldsProps & { readonly children?: ReactNode }) {
  const { provider, problems } = props
  const isWrong = advanced.some((name) => problems[name] !== undefined)
  const [open, setOpen] = useState(false)
  return (
    <details
      open={open || isWrong}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open)
      }}
    >
      <summary className="w-fit rounded text-sm text-soft select-none hover:text-ink">Advanced</summary>
      <div className="mt-3 space-y-4">
        {children}
        {provider.addresses.length === 1 && <Address {...props} />}
        <ProviderFields {...props} />
        <Field {...props} name="parallel" label="Takes in parallel" maxLength={3} hint={text.parallelUse} />
      </div>
    </details>
  )
}

/** What only some services need to know. */
function ProviderFields(props: AccountFieldsProps) {
  switch (props.provider.id) {
    case 'kling':
      return <Generation {...props} />
    case 'kling-gateway':
      return (
        <Field
          {...props}
          mono
          name="pollPath"
          label="Poll path (optional)"
          placeholder="/v1/video/generations/{id}"
          hint={text.pollPathUse}
        />
      )
    case 'oxen':
      return <Repository {...props} />
    default:
      return null
  }
}
