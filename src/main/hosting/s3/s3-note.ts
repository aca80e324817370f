import { z } from 'zod'
import type { Bucket } from '../../../shared/domain/delivery.ts'

const placed = z.object({
  endpoint: z.string(),
  region: z.string(),
  bucket: z.string(),
  key: z.string().min(1),
  /** Goes in parts; a bucket may then know uploads to this name that we never heard the id of. */
  large: z.boolean().catch(true),
  upload: z
    .object({
      id: z.string().min(1),
      parts: z.array(z.object({ number: z.number().int().min(1), etag: z.string() })),
    })
    .nullable()
    .catch(null),
  /** The whole file arrived once. */
  stored: z.boolean().catch(false),
})

const note = placed.extend({
  /** Where the file was going before the bucket was changed, as long as it could not be taken down there. */
  before: z.array(placed).catch([]),
})

/** What is written down about one file: where it is going, and how much of a multipart upload has arrived. */
export type S3Note = Readonly<z.infer<typeof note>>
export type S3Placed = Readonly<z.infer<typeof placed>>

export function readS3Note(value: unknown): S3Note | null {
  const read = note.safeParse(value)
  return read.success ? read.data : null
}

export const newS3Note = (
  { endpoint, region, bucket, prefix }: Bucket,
  name: string,
  large: boolean,
): S3Note => ({
  endpoint,
  region,
  bucket,
  key: prefix + name,
  large,
  upload: null,
  stored: false,
  before: [],
})

export const isSamePlace = (one: S3Placed, other: S3Placed): boolean =>
  one.endpoint === other.endpoint && one.bucket === other.bucket && one.key === other.key

/** Which objects of which buckets a note speaks of, in words that a user finds them by; null for another host's note. */
export function whereNoted(value: unknown): string | null {
  const noted = readS3Note(value)
  if (noted === null) return null
  return [...noted.before, noted]
    .map(
      ({ key, bucket, endpoint }) =>
        `“${key}” in the bucket “${bucket}” at ${URL.parse(endpoint)?.host ?? endpoint}`,
    )
    .join(' and ')
}
