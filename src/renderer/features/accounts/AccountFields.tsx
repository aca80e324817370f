import { Callout } from '../../ui/Callout.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { AccountFieldsProps } from './KeyFields.tsx'

function Generation({ fields, change }: AccountFieldsProps) {
  return (
    <div>
      <span aria-hidden className="mb-1 block text-xs text-soft">
        Which API is spoken
      </span>
      <Segmented
        label="Which API is spoken"
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
        hint="With a repository, Oxen itself can hold the files of a take."
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
          label="Path to ask for a task (optional)"
          placeholder="/v1/video/generations/{id}"
          value={fields.pollPath}
          hint="Only for gateways that answer elsewhere than where a take was sent, such as /v1/video/generations/{id}."
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
