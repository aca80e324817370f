import { z } from 'zod'
import type { Bucket } from '../../shared/delivery.ts'

const note = z.object({
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
})

/** What is written down about one file: where it is going, and how much of a multipart upload has arrived. */
export type S3Note = Readonly<z.infer<typeof note>>

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
})

export const isSamePlace = (one: S3Note, other: S3Note): boolean =>
  one.endpoint === other.endpoint && one.bucket === other.bucket && one.key === other.key
