import type { AccountDraft } from '../../../shared/account.ts'
import type { ProviderView } from '../../../shared/contract.ts'
import { SelectField, TextField } from '../../ui/Field.tsx'
import { ownPlace, type AccountFields, type FieldErrors } from './account-draft.ts'

export type AddressFieldsProps = {
  readonly draft: AccountDraft
  readonly provider: ProviderView
  readonly fields: AccountFields
  readonly errors: FieldErrors
  readonly onChange: (part: Partial<AccountFields>) => void
}

type PlaceProps = Omit<AddressFieldsProps, 'draft'>

const hostOf = (url: string) => URL.parse(url)?.host ?? url

function Address({ provider, fields, errors, onChange }: PlaceProps) {
  const places = provider.addresses.map(({ name, url }) => ({
    value: url,
    label: `${name} (${hostOf(url)})`,
  }))
  return (
    <div className="space-y-3">
      <SelectField
        label="Address"
        value={fields.place}
        options={[...places, { value: ownPlace, label: 'Another address' }]}
        onChange={(place) => {
          onChange({ place })
        }}
      />
      {fields.place === ownPlace && (
        <TextField
          label="Its address"
          type="url"
          placeholder="https://"
          value={fields.ownAddress}
          maxLength={300}
          hint="The key is sent to this address."
          error={errors.ownAddress ?? null}
          onChange={(event) => {
            onChange({ ownAddress: event.target.value })
          }}
        />
      )}
    </div>
  )
}

function Special({ draft, fields, errors, onChange }: Omit<AddressFieldsProps, 'provider'>) {
  switch (draft.provider) {
    case 'kling':
      return (
        <SelectField
          label="Generation of the API"
          value={fields.generation}
          options={[
            { value: '1', label: 'Classic API' },
            { value: '2', label: 'New API (3.0 paths)' },
          ]}
          hint={fields.generation === '2' ? 'It takes an API key only.' : 'It takes either kind of key.'}
          onChange={(generation) => {
            onChange({ generation })
          }}
        />
      )
    case 'kling-gateway':
      return (
        <TextField
          label="Poll path (optional)"
          placeholder="/v1/videos/motion-control/{id}"
          value={fields.pollPath}
          mono
          hint="Where the gateway is asked for a task; {id} stands for it. Empty: where it was submitted to."
          error={errors.pollPath ?? null}
          onChange={(event) => {
            onChange({ pollPath: event.target.value })
          }}
        />
      )
    case 'oxen':
      return (
        <TextField
          label="Repository for clips (optional)"
          placeholder="namespace/repository"
          value={fields.repository}
          mono
          hint="Everyone who can read the repository sees the clip, and its history keeps it for ever. Use a private one."
          error={errors.repository ?? null}
          onChange={(event) => {
            onChange({ repository: event.target.value })
          }}
        />
      )
    case 'modelslab':
    case 'highway':
      return null
  }
}

/** Where the account is reached, and what only its provider asks for. */
export function AddressFields({ draft, ...rest }: AddressFieldsProps) {
  const { fields, errors, onChange } = rest
  return (
    <>
      <Address {...rest} />
      <Special draft={draft} fields={fields} errors={errors} onChange={onChange} />
      <TextField
        label="Takes at once"
        inputMode="numeric"
        value={fields.parallel}
        maxLength={3}
        hint="More wait here until one is done. Plans often allow only a few."
        error={errors.parallel ?? null}
        onChange={(event) => {
          onChange({ parallel: event.target.value })
        }}
      />
    </>
  )
}
