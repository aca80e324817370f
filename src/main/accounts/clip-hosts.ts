import type { Bucket, HostId, HostView } from '../../shared/domain/delivery.ts'
import { ok, type Outcome, type Problem } from '../../shared/outcome.ts'
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
import {
  hostNames,
  noBucket,
  noBucketKeys,
  noLinkToClip,
  hostNeeded,
  noOwnStorage,
  noTunnel,
  thisComputerUnreachable,
} from './problems.ts'

export type ClipHostsParts = {
  readonly network: Network
  readonly secrets: Secrets
  readonly settings: { readonly read: () => Settings }
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  readonly loopback: ClipHost
  readonly tunnel: ClipHost
  /** The path of cloudflared; null if it isn’t installed. */
  readonly findTunnel: () => string | null
  /** Called with a problem that the user should fix although the files are stored. */
  readonly warn?: (problem: Problem) => void
}

/** According to the rules. The account may still lack a repository. */
const hasOwnStorage = ({ id }: Provider) =>
  modelRules.some(({ provider, ownStorage }) => provider === id && ownStorage)

/** The hosts for a prepared file, and which of them can be used now. */
export function createClipHosts(parts: ClipHostsParts) {
  const { secrets, settings, loopback, tunnel } = parts

  /** From the settings, otherwise from the environment. */
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
  /** The same host while bucket and keys stay the same, because it keeps its connections. */
  const bucketHost = (s3: S3Options): ClipHost => {
    const name = JSON.stringify([s3.bucket, s3.accessKey, s3.secretKey])
    if (lastBucket?.name !== name) lastBucket = { name, host: createS3Host(s3) }
    return lastBucket.host
  }

  async function s3Parts() {
    const bucket = await bucketNow()
    if (bucket === null) return noBucket
    const keys = await keysNow()
    if (keys === null) return noBucketKeys(bucket.bucket)
    const { network, clock, log, random, warn } = parts
    return ok({ bucket, ...keys, network, clock, log, random, warn })
  }

  /** `provider` matters only for its own storage and for this computer. It may be null for the others. */
  async function hostBy(id: HostId, provider: Provider | null): Promise<Outcome<ClipHost>> {
    switch (id) {
      case 'loopback':
        return provider?.loopback === true ? ok(loopback) : thisComputerUnreachable
      case 'tunnel':
        return ok(tunnel)
      case 's3': {
        const s3 = await s3Parts()
        return s3.ok ? ok(bucketHost(s3.value)) : s3
      }
      case 'provider':
        return provider?.upload ? ok(createProviderHost(provider.upload)) : noOwnStorage
      case 'given':
        return noLinkToClip
    }
  }

  /** The host of a take that names none: one the user set up, never one that opens this computer to the internet. */
  async function usual(provider: Provider): Promise<Outcome<HostId>> {
    if (provider.loopback) return ok('loopback')
    if ((await s3Parts()).ok) return ok('s3')
    if (provider.upload) return ok('provider')
    return hostNeeded(hasOwnStorage(provider))
  }

  async function missing(id: HostId, provider: Provider): Promise<string | null> {
    if (id === 'given') return null
    if (id === 'tunnel') return parts.findTunnel() === null ? noTunnel : null
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
        name: hostNames[id],
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
    secretsNow: () => Promise.all(['s3.accessKey', 's3.secretKey'].map((name) => secrets.read(name))),
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
