import { Segmented } from '../../ui/Segmented.tsx'
import { TextField } from '../../ui/Field.tsx'

export type KeyKind = 'key' | 'pair'

export type KeyFieldsProps = {
  readonly kind: KeyKind
  /** The account may have an access key and a secret key instead of one key. */
  readonly canPair: boolean
  /** The end of the key that is there already; null for a new one. */
  readonly known: string | null
  readonly error: string | null
  readonly onKind: (kind: KeyKind) => void
}

const secret = { type: 'password', autoComplete: 'new-password', maxLength: 4000, mono: true } as const

/**
 * Keys go one way. The fields hold no value of ours, so a key is in no state and no attribute of the page, and it is
 * gone with the form.
 */
export function KeyFields({ kind, canPair, known, error, onKind }: KeyFieldsProps) {
  const placeholder = known === null ? '' : `Leave empty to keep …${known}`
  return (
    <div className="space-y-3">
      {canPair && (
        <Segmented
          label="Kind of key"
          value={kind}
          options={[
            { value: 'key', label: 'API key' },
            { value: 'pair', label: 'Access key + secret key' },
          ]}
          onChange={onKind}
        />
      )}
      {kind === 'key' ? (
        <TextField {...secret} key="key" name="key" label="API key" placeholder={placeholder} error={error} />
      ) : (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            {...secret}
            key="accessKey"
            name="accessKey"
            label="Access key"
            placeholder={placeholder}
            error={error}
          />
          <TextField {...secret} key="secretKey" name="secretKey" label="Secret key" />
        </div>
      )}
    </div>
  )
}
