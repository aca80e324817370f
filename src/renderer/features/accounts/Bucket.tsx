import type { SyntheticEvent } from 'react'
import type { CallAnswer } from '../../../shared/contract.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { BucketFields, BucketProblems } from './bucket-fields.ts'
import { useBucket } from './use-bucket.ts'

type Line = {
  readonly name: keyof BucketFields
  readonly label: string
  readonly hint?: string
  readonly secret?: true
}

const lines: readonly Line[] = [
  { name: 'endpoint', label: 'Endpoint', hint: 'The address of the storage service, with https.' },
  { name: 'region', label: 'Region' },
  { name: 'bucket', label: 'Bucket' },
  { name: 'prefix', label: 'Prefix (optional)', hint: 'Put before each name, such as understudy/.' },
]

function keyHint(keys: CallAnswer<'bucket:keys'> | null): string | undefined {
  if (!keys?.present) return undefined
  const ending = keys.accessKey === null ? '' : `, the access key ends in ${keys.accessKey}`
  return `Keys are kept${ending}. Leave it empty to keep them.`
}

type FieldsProps = {
  readonly fields: BucketFields
  readonly problems: BucketProblems
  readonly keys: CallAnswer<'bucket:keys'> | null
  readonly change: (to: Partial<BucketFields>) => void
}

function Fields({ fields, problems, keys, change }: FieldsProps) {
  const hint = keyHint(keys)
  const secrets: readonly Line[] = [
    { name: 'accessKey', label: 'Access key', secret: true, ...(hint !== undefined && { hint }) },
    { name: 'secretKey', label: 'Secret key', secret: true },
  ]
  return (
    <div className="grid gap-x-4 gap-y-3 min-[640px]:grid-cols-2">
      {[...lines, ...secrets].map(({ name, label, hint: note, secret = false }) => (
        <TextField
          key={name}
          label={label}
          hint={note}
          secret={secret}
          mono={!secret}
          value={fields[name]}
          problem={problems[name]}
          onChange={(value) => {
            change({ [name]: value })
          }}
        />
      ))}
    </div>
  )
}

const goodNews = {
  save: 'The bucket is kept.',
  test: 'It works: a small object was put, fetched as a stranger would, and deleted again.',
} as const

function Told({ of, answer }: ReturnType<typeof useBucket>['told']) {
  if (of === null) return null
  if (answer === null) return <p role="status">{of === 'test' ? 'Testing…' : 'Saving…'}</p>
  return answer.ok ? (
    <Callout tone="good" title={goodNews[of]} />
  ) : (
    <ProblemCallout problem={answer.problem} />
  )
}

/** The user's own bucket: where it is, its keys, and whether it works. */
export function BucketForm() {
  const { fields, problems, keys, told, changed, change, save, test } = useBucket()
  const busy = told.of !== null && told.answer === null
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!busy) void save()
  }
  return (
    <form aria-label="Bucket" noValidate autoComplete="off" onSubmit={onSubmit} className="space-y-3">
      <Fields fields={fields} problems={problems} keys={keys} change={change} />
      <div className="flex items-center gap-2">
        <Button type="submit" size="small" look="primary" disabled={busy}>
          Save
        </Button>
        <Button size="small" disabled={busy || changed} onClick={() => void test()}>
          Test
        </Button>
        {changed && <span className="text-xs text-faint">Save first: the test uses what is kept.</span>}
      </div>
      <div className="text-xs text-soft">
        <Told {...told} />
      </div>
    </form>
  )
}
