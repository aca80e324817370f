import { fail, ok, type Outcome } from '../shared/outcome.ts'
import type { ClipHost } from './hosting/host.ts'
import type { Secrets } from './ports.ts'
import { isLoopbackHost, safeUrl } from './providers/addresses.ts'
import { localCadence, remoteCadence } from './providers/cadence.ts'
import { createKling } from './providers/kling.ts'
import type { Provider } from './providers/provider.ts'
import type { Order } from './takes/order.ts'

export type AccountsParts = {
  readonly secrets: Secrets
  /** From 0 to 1. */
  readonly random: () => number
  readonly loopbackHost: ClipHost
  /** Starts the practice provider at its first use. */
  readonly practice: () => Promise<{ readonly origin: string; readonly key: string }>
}

type Routed = Pick<Order, 'settings' | 'baseUrl' | 'clipUrl'>

const klingAddress = 'https://api-singapore.klingai.com'

/** A task may appear this late in a look-up by own id after a submit whose answer was lost. */
const settleRemote = 15 * 60_000

/** Which adapter serves a take and how its clip gets there. */
export function createAccounts({ secrets, random, loopbackHost, practice }: AccountsParts) {
  async function practiceProvider(): Promise<Outcome<Provider>> {
    const { origin, key } = await practice()
    return ok(
      createKling({
        id: 'practice',
        baseUrl: new URL(origin),
        authorization: () => Promise.resolve(`Bearer ${key}`),
        loopback: true,
        cadence: localCadence,
        // It keeps its tasks on this disk and commits one before it answers: absent means never started.
        settle: 0,
      }),
    )
  }

  async function klingProvider(baseUrl: string): Promise<Outcome<Provider>> {
    const key = await secrets.read('kling')
    if (key === null) {
      return fail('account-key', 'There is no key for Kling.', {
        advice: 'Set UNDERSTUDY_KLING_KEY to the API key of your account.',
      })
    }
    if (!/^[\x21-\x7e]+$/.test(key)) {
      return fail('account-key', 'The key for Kling holds characters that no key has.', {
        advice: 'Copy the key once more, without spaces or line breaks inside.',
      })
    }
    const safe = safeUrl(baseUrl, true)
    if (!safe.ok) return safe
    const url = safe.value
    const loopback = isLoopbackHost(url.hostname)
    return ok(
      createKling({
        id: 'kling',
        baseUrl: url,
        authorization: () => Promise.resolve(`Bearer ${key}`),
        loopback,
        cadence: loopback ? localCadence : remoteCadence(random),
        settle: settleRemote,
      }),
    )
  }

  const providerOf = ({ settings, baseUrl }: Routed): Promise<Outcome<Provider>> => {
    if (settings.provider === 'practice') return practiceProvider()
    if (settings.provider === 'kling') return klingProvider(baseUrl ?? klingAddress)
    return Promise.resolve(fail('usage', `There is no provider called ${settings.provider}.`))
  }

  const hostOf = ({ settings, baseUrl }: Routed): Outcome<ClipHost> => {
    const local = baseUrl !== null && isLoopbackHost(new URL(baseUrl).hostname)
    if (settings.provider === 'practice' || local) return ok(loopbackHost)
    return fail('clip-unreachable', 'The provider cannot fetch a clip from this computer.', {
      advice: 'Put the prepared clip on the web yourself and give its address with --clip-url.',
    })
  }

  /** Everything that would stop a take after it was paid attention to but before it is paid. */
  const canReach = async (order: Routed): Promise<Outcome<null>> => {
    const provider = await providerOf(order)
    if (!provider.ok) return provider
    if (order.clipUrl !== null) {
      const clip = safeUrl(order.clipUrl, provider.value.loopback)
      return clip.ok ? ok(null) : clip
    }
    const host = hostOf(order)
    return host.ok ? ok(null) : host
  }

  return { providerOf, hostOf, canReach }
}
