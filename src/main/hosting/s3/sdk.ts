import type { S3Client } from '@aws-sdk/client-s3'
import type { Bytes, Milliseconds, Seconds } from '../../../shared/units.ts'
import { agentsOver } from '../../network/agents.ts'
import type { Network } from '../../network/connect.ts'
import { userAgent } from '../../network/user-agent.ts'

/** One bucket of one service. */
export type S3Place = { readonly endpoint: string; readonly region: string; readonly bucket: string }
export type S3Keys = { readonly accessKey: string; readonly secretKey: string }
export type SentPart = { readonly number: number; readonly etag: string }

type Call<Args, Answer> = (args: Args, signal?: AbortSignal) => Promise<Answer>
type Named = { readonly key: string }
type Upload = Named & { readonly upload: string }
type Typed = Named & { readonly contentType: string }

/** The few calls the app makes to a bucket. Each is one request, tried once; failures are thrown as the SDK throws them. */
export type BucketCalls = {
  readonly put: Call<Typed & { readonly body: Uint8Array; readonly md5: string }, void>
  readonly begin: Call<Typed, string>
  readonly putPart: Call<
    Upload & { readonly number: number; readonly body: Uint8Array; readonly md5: string },
    string
  >
  readonly finish: Call<Upload & { readonly parts: readonly SentPart[] }, void>
  readonly abort: Call<Upload, void>
  /** The ids of unfinished multipart uploads to this name. */
  readonly openUploads: Call<Named, readonly string[]>
  readonly size: Call<Named, Bytes | null>
  readonly remove: Call<Named, void>
  readonly presign: (key: string, life: Seconds) => Promise<string>
  /** The server's time less ours, as far as its answers told it. */
  readonly clockOffset: () => Milliseconds
  readonly close: () => void
}

const stallLimit: Milliseconds = 30_000

function clientSettings(
  { endpoint, region }: S3Place,
  { accessKey, secretKey }: S3Keys,
  { network, stall }: { readonly network: Network; readonly stall: Milliseconds },
) {
  return {
    endpoint,
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    // Buckets in the host name need DNS and certificates that MinIO and others do not have.
    forcePathStyle: true,
    customUserAgent: userAgent,
    // Tries are counted, and waited for, outside, where time and chance are passed in.
    maxAttempts: 1,
    // The newer CRC headers are unknown to part of the S3-compatible services; all know Content-MD5.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
    requestHandler: {
      ...agentsOver(network),
      socketTimeout: stall,
    },
  }
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The service’s answer has no ${name}.`)
  return value
}

/** The only importer of the AWS SDK, which is loaded here, on the first use of a bucket. */
export async function openBucket(
  place: S3Place,
  keys: S3Keys,
  {
    network,
    now,
    stall = stallLimit,
  }: { readonly network: Network; readonly now: () => Milliseconds; readonly stall?: Milliseconds },
): Promise<BucketCalls> {
  const sdk = await import('@aws-sdk/client-s3')
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
  const client: S3Client = new sdk.S3Client(clientSettings(place, keys, { network, stall }))
  const at = ({ key }: Named) => ({ Bucket: place.bucket, Key: key })
  const within = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {})
  return {
    put: async ({ body, md5, contentType, ...named }, signal) => {
      const input = { ...at(named), Body: body, ContentMD5: md5, ContentType: contentType }
      await client.send(new sdk.PutObjectCommand(input), within(signal))
    },
    begin: async ({ contentType, ...named }, signal) => {
      const input = { ...at(named), ContentType: contentType }
      const answer = await client.send(new sdk.CreateMultipartUploadCommand(input), within(signal))
      return present(answer.UploadId, 'upload id')
    },
    putPart: async ({ body, md5, upload, number, ...named }, signal) => {
      const part = { Body: body, ContentMD5: md5, UploadId: upload, PartNumber: number }
      const answer = await client.send(new sdk.UploadPartCommand({ ...at(named), ...part }), within(signal))
      return present(answer.ETag, 'tag for the part')
    },
    finish: async ({ upload, parts, ...named }, signal) => {
      const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }))
      const input = { ...at(named), UploadId: upload, MultipartUpload: { Parts } }
      await client.send(new sdk.CompleteMultipartUploadCommand(input), within(signal))
    },
    abort: async ({ upload, ...named }, signal) => {
      await client.send(
        new sdk.AbortMultipartUploadCommand({ ...at(named), UploadId: upload }),
        within(signal),
      )
    },
    openUploads: async ({ key }, signal) => {
      const input = { Bucket: place.bucket, Prefix: key }
      const answer = await client.send(new sdk.ListMultipartUploadsCommand(input), within(signal))
      return (answer.Uploads ?? []).flatMap((one) => (one.Key === key && one.UploadId ? [one.UploadId] : []))
    },
    size: async (named, signal) =>
      (await client.send(new sdk.HeadObjectCommand(at(named)), within(signal))).ContentLength ?? null,
    remove: async (named, signal) => {
      await client.send(new sdk.DeleteObjectCommand(at(named)), within(signal))
    },
    presign: (key, life) =>
      getSignedUrl(client, new sdk.GetObjectCommand(at({ key })), {
        expiresIn: life,
        // The presigner alone doesn't use what the SDK knows about the server's clock.
        signingDate: new Date(now() + client.config.systemClockOffset),
      }),
    clockOffset: () => client.config.systemClockOffset,
    close: () => {
      client.destroy()
    },
  }
}
