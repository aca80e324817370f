import type { Bucket, HostId, HostView } from '../../shared/domain/delivery.ts'
import { fail, ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { modelRules } from '../../shared/rules/models.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { type ClipHost, privacyOf } from '../hosting/hosts.ts'
import { createProviderHost } from '../hosting/local-hosts.ts'
import type { S3Keys } from '../hosting/s3/sdk.ts'
import { createS3Host, testBucket, type S3Options } from '../hosting/s3/s3.ts'
import type { Network } from '../network/connect.ts'
import type { Clock, Log, Secrets } from '../system/ports.ts'
import type { Provider } from '../providers/provider.ts'
import { lastFourOf } from './keys.ts'

export type ClipHostsParts = {
  readonly network: Network
  readonly secrets: Secrets
  readonly settings: { readonly read: () => Settings }
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  readonly loopback: ClipHost
  readonly tunnel: ClipHost
  /** The path of an installed cloudflared; null when there is none. */
  readonly findTunnel: () => string | null
  /** Told of what the user should put right although the files are stored. */
  readonly warn?: (problem: Problem) => void
}

const names: Readonly<Record<HostId, string>> = {
  given: 'Your own link',
  provider: 'The provider’s own storage',
  s3: 'Your S3 bucket',
  tunnel: 'A Cloudflare tunnel to this computer',
  loopback: 'This computer',
}

/** By the rules: an account may still have to be told where in that storage. */
const hasOwnStorage = ({ id }: Provider) =>
  modelRules.some(({ provider, ownStorage }) => provider === id && ownStorage)

const noBucket = 'You haven’t set up a bucket yet.'
const noTunnel = 'cloudflared isn’t installed on this computer.'

/** The places a prepared file can be put, and which of them can be used now. */
export function createClipHosts(parts: ClipHostsParts) {
  const { secrets, settings, loopback, tunnel } = parts

  /** From the settings, else from the environment. */
  async function bucketNow(): Promise<Bucket | null> {
    const kept = settings.read().bucket
    if (kept) return kept
    const [endpoint, region, bucket] = await Promise.all(
      ['s3.endpoint', 's3.region', 's3.bucket'].map((name) => secrets.read(name)),
    )
    if (!endpoint || !bucket) return null
    return { endpoint, region: region ?? 'us-east-1', bucket, prefix: '' }
  }

  async function keysNow(): Promise<S3Keys | null> {
    const accessKey = await secrets.read('s3.accessKey')
    const secretKey = await secrets.read('s3.secretKey')
    return accessKey === null || secretKey === null ? null : { accessKey, secretKey }
  }

  let lastBucket: { readonly name: string; readonly host: ClipHost } | undefined
  /** One host as long as bucket and keys stay, because it keeps its connections. */
  const bucketHost = (s3: S3Options): ClipHost => {
    const name = JSON.stringify([s3.bucket, s3.accessKey, s3.secretKey])
    if (lastBucket?.name !== name) lastBucket = { name, host: createS3Host(s3) }
    return lastBucket.host
  }

  async function s3Parts() {
    const bucket = await bucketNow()
    if (bucket === null)
      return fail('usage', noBucket, { advice: 'Set up a bucket, or choose another clip host.' })
    const keys = await keysNow()
    if (keys === null)
      return fail('usage', `There are no keys for the bucket ${bucket.bucket}.`, {
        advice: 'Enter its access key and secret key.',
      })
    const { network, clock, log, random, warn } = parts
    return ok({ bucket, ...keys, network, clock, log, random, warn })
  }

  /** `provider` decides only about its own storage and about this computer; it may be out of reach for the others. */
  async function hostBy(id: HostId, provider: Provider | null): Promise<Outcome<ClipHost>> {
    switch (id) {
      case 'loopback':
        return provider?.loopback === true
          ? ok(loopback)
          : fail('usage', 'The provider can’t download a file from this computer.', {
              advice: 'Choose another clip host.',
            })
      case 'tunnel':
        return ok(tunnel)
      case 's3': {
        const s3 = await s3Parts()
        return s3.ok ? ok(bucketHost(s3.value)) : s3
      }
      case 'provider':
        return provider?.upload
          ? ok(createProviderHost(provider.upload))
          : fail('usage', 'This account has no storage at the provider.', {
              advice: 'Choose another clip host. For Oxen, enter a repository in the account’s settings.',
            })
      case 'given':
        return fail('usage', 'There is no link to the clip.', {
          advice: 'Enter a link where the provider can download it.',
        })
    }
  }

  /** The host of a take that names none: what was set up on purpose, and never one that opens this computer. */
  async function usual(provider: Provider): Promise<Outcome<HostId>> {
    if (provider.loopback) return ok('loopback')
    if ((await s3Parts()).ok) return ok('s3')
    if (provider.upload) return ok('provider')
    return fail('usage', 'The provider can’t download a clip from this computer.', {
      advice: `Choose a clip host: your own bucket, a tunnel, ${hasOwnStorage(provider) ? 'a repository at Oxen, ' : ''}or a link where the prepared clip is already hosted.`,
    })
  }

  async function missing(id: HostId, provider: Provider): Promise<string | null> {
    if (id === 'given') return null
    if (id === 'tunnel') return parts.findTunnel() === null ? `${noTunnel} Install it and try again.` : null
    const host = id === 's3' ? await s3Parts() : await hostBy(id, provider)
    return host.ok ? null : [host.problem.message, host.problem.advice].filter(Boolean).join(' ')
  }

  async function views(provider: Provider): Promise<readonly HostView[]> {
    const ids: readonly HostId[] = provider.loopback
      ? ['loopback', 'given', 'provider', 's3', 'tunnel']
      : ['s3', 'tunnel', 'provider', 'given']
    const offered = ids.filter((id) => id !== 'provider' || hasOwnStorage(provider))
    return Promise.all(
      offered.map(async (id) => ({
        id,
        name: names[id],
        privacy: privacyOf(id, provider.upload?.privacy),
        missing: await missing(id, provider),
        maxBytes: id === 'provider' ? (provider.upload?.maxBytes ?? null) : null,
      })),
    )
  }

  return {
    hostBy,
    usual,
    views,
    bucketAddress: async () => (await bucketNow())?.endpoint ?? null,
    bucketKeys: async () => {
      const accessKey = await secrets.read('s3.accessKey')
      return { accessKey: lastFourOf(accessKey), present: (await keysNow()) !== null }
    },
    testBucket: async (signal?: AbortSignal): Promise<Outcome<null>> => {
      const s3 = await s3Parts()
      return s3.ok ? testBucket(s3.value, signal) : s3
    },
  }
}
