import { useState, type SyntheticEvent } from 'react'
import { accountKeys } from '../../../shared/domain/account.ts'
import { bucket, type Bucket } from '../../../shared/domain/delivery.ts'
import type { CallAnswer } from '../../../shared/contract.ts'
import { useApp } from '../../state/store.ts'
import { useCall, type Call } from '../../lib/use-call.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { text } from './text.ts'

/** The content of the bucket form. Typed keys live here and nowhere else in the window. */
type BucketFields = {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly accessKey: string
  readonly secretKey: string
}

type BucketProblems = Partial<Readonly<Record<keyof BucketFields, string>>>

const fieldsOf = (known: Bucket | null): BucketFields => ({
  endpoint: known?.endpoint ?? '',
  region: known?.region ?? 'us-east-1',
  bucket: known?.bucket ?? '',
  prefix: known?.prefix ?? '',
  accessKey: '',
  secretKey: '',
})

const bucketOf = ({ endpoint, region, bucket: name, prefix }: BucketFields): Bucket => ({
  endpoint: endpoint.trim(),
  region: region.trim(),
  bucket: name.trim(),
  prefix: prefix.trim(),
})

/** The keys that were typed; what was left empty stays as it is. */
function keysOf({ accessKey, secretKey }: BucketFields) {
  return {
    ...(accessKey.trim() && { accessKey: accessKey.trim() }),
    ...(secretKey.trim() && { secretKey: secretKey.trim() }),
  }
}

const notAKey = text.notAKey

const sentences: BucketProblems = {
  endpoint: text.bucketEndpointWrong,
  region: text.bucketRegionWrong,
  bucket: text.bucketNameWrong,
  prefix: text.bucketPrefixWrong,
  accessKey: notAKey,
  secretKey: notAKey,
}

/** What is wrong before anything is sent, field by field. */
function problemsOf(fields: BucketFields): BucketProblems {
  const checked = [bucket.safeParse(bucketOf(fields)), accountKeys.safeParse(keysOf(fields))]
  const names = new Set(checked.flatMap(({ error }) => error?.issues.map(({ path }) => path[0]) ?? []))
  return Object.fromEntries(Object.entries(sentences).filter(([name]) => names.has(name)))
}

/** The saved bucket, the form, and the answers to saving and testing. */
function useBucket() {
  const kept = useApp((state) => state.settings.bucket)
  const setSettings = useApp((state) => state.setSettings)
  const [fields, setFields] = useState<BucketFields>(() => fieldsOf(kept))
  const [problems, setProblems] = useState<BucketProblems>({})
  const [changed, setChanged] = useState(false)
  const keys = useCall('bucket:keys', {})
  const saving = useCall('bucket:save')
  const testing = useCall('bucket:test')

  async function save() {
    const found = problemsOf(fields)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    const bucket = bucketOf(fields)
    testing.forget()
    const saved = await saving.run({ bucket, keys: keysOf(fields) })
    if (!saved.ok) return
    setFields(fieldsOf(bucket))
    setChanged(false)
    setSettings({ ...useApp.getState().settings, bucket })
    await keys.run({})
  }

  async function test() {
    saving.forget()
    await testing.run({})
  }

  const change = (to: Partial<BucketFields>) => {
    setFields((before) => ({ ...before, ...to }))
    setProblems({})
    saving.forget()
    testing.forget()
    setChanged(true)
  }
  return { fields, problems, keys: keys.answer, saving, testing, changed, change, save, test }
}

type Line = {
  readonly name: keyof BucketFields
  readonly label: string
  readonly hint?: string
  readonly secret?: true
}

const lines: readonly Line[] = [
  { name: 'endpoint', label: 'Endpoint', hint: text.bucketEndpointUse },
  { name: 'region', label: 'Region' },
  { name: 'bucket', label: 'Bucket' },
  { name: 'prefix', label: 'Prefix (optional)', hint: text.bucketPrefixUse },
]

function keyHint(keys: CallAnswer<'bucket:keys'> | null): string | undefined {
  if (!keys?.present) return undefined
  return keys.accessKey === null ? text.bucketKeysSaved : text.bucketKeysEnd(keys.accessKey)
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

type CallNoteProps = Pick<Call<'bucket:save'>, 'pending' | 'done' | 'problem'> & {
  readonly busy: string
  readonly good: string
}

function CallNote({ pending, done, problem, busy, good }: CallNoteProps) {
  if (pending) return <p role="status">{busy}</p>
  return done ? <Callout tone="good" title={good} /> : <ProblemCallout problem={problem} />
}

/** The user's own bucket: where it is, its keys, and whether it works. */
export function BucketForm() {
  const { fields, problems, keys, saving, testing, changed, change, save, test } = useBucket()
  const busy = saving.pending || testing.pending
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
        {changed && <span className="text-xs text-faint">{text.bucketSaveFirst}</span>}
      </div>
      <div className="text-xs text-soft">
        <CallNote {...saving} busy="Saving…" good={text.bucketSaved} />
        <CallNote {...testing} busy="Testing…" good={text.bucketWorks} />
      </div>
    </form>
  )
}
