import { accountKeys } from '../../../shared/domain/account.ts'
import { bucket, type Bucket } from '../../../shared/domain/delivery.ts'

/** What stands in the form of the bucket. Typed keys live here and nowhere else in the window. */
export type BucketFields = {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly accessKey: string
  readonly secretKey: string
}

export type BucketProblems = Partial<Readonly<Record<keyof BucketFields, string>>>

export const fieldsOf = (known: Bucket | null): BucketFields => ({
  endpoint: known?.endpoint ?? '',
  region: known?.region ?? 'us-east-1',
  bucket: known?.bucket ?? '',
  prefix: known?.prefix ?? '',
  accessKey: '',
  secretKey: '',
})

export const bucketOf = ({ endpoint, region, bucket: name, prefix }: BucketFields): Bucket => ({
  endpoint: endpoint.trim(),
  region: region.trim(),
  bucket: name.trim(),
  prefix: prefix.trim(),
})

/** The keys that were typed; what was left empty stays as it is. */
export function keysOf({ accessKey, secretKey }: BucketFields) {
  return {
    ...(accessKey.trim() && { accessKey: accessKey.trim() }),
    ...(secretKey.trim() && { secretKey: secretKey.trim() }),
  }
}

const notAKey = 'A key has no spaces and no line breaks. Copy it again.'

const sentences: BucketProblems = {
  endpoint: 'Enter a whole address, such as https://s3.eu-central-1.amazonaws.com.',
  region: 'Enter the region of the bucket.',
  bucket: 'Enter the name of the bucket.',
  prefix: 'Only letters, digits and . _ - / can stand in a prefix.',
  accessKey: notAKey,
  secretKey: notAKey,
}

/** What is wrong before anything is sent, field by field. */
export function problemsOf(fields: BucketFields): BucketProblems {
  const checked = [bucket.safeParse(bucketOf(fields)), accountKeys.safeParse(keysOf(fields))]
  const names = new Set(checked.flatMap(({ error }) => error?.issues.map(({ path }) => path[0]) ?? []))
  return Object.fromEntries(Object.entries(sentences).filter(([name]) => names.has(name)))
}
