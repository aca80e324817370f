import type { RemoteProvider } from '../domain/account.ts'
import type { Finding, FindingId, HintId } from './finding.ts'
import { gauges, type Gauge } from './gauges.ts'

type About = {
  readonly name: string
  /** Brands that speak the same API; the first is the documented default. */
  readonly addresses: readonly [Address, ...Address[]]
  /** Where a key is made, in words. */
  readonly keysFrom: string
}
/** `site`: where people sign in and make a key. */
type Address = { readonly name: string; readonly url: string; readonly site: string }

/** What is known of each service besides its models. Addresses are scheme and host; paths belong to the adapters. */
export const providerAbouts: Readonly<Record<RemoteProvider, About>> = {
  kling: {
    name: 'Kling',
    addresses: [
      {
        name: 'Outside mainland China',
        url: 'https://api-singapore.klingai.com',
        site: 'https://app.klingai.com/global/dev',
      },
      {
        name: 'Inside mainland China',
        url: 'https://api-beijing.klingai.com',
        site: 'https://app.klingai.com/cn/dev',
      },
    ],
    keysFrom: 'Kling’s developer console',
  },
  'kling-gateway': {
    name: 'Kling gateway',
    addresses: [{ name: 'PowerTokens', url: 'https://api.powertokens.ai', site: 'https://powertokens.ai' }],
    keysFrom: 'the gateway’s console',
  },
  oxen: {
    name: 'Oxen.ai',
    addresses: [{ name: 'Oxen.ai', url: 'https://hub.oxen.ai', site: 'https://www.oxen.ai' }],
    keysFrom: 'your Oxen.ai profile',
  },
  modelslab: {
    name: 'ModelsLab',
    addresses: [{ name: 'ModelsLab', url: 'https://modelslab.com', site: 'https://modelslab.com' }],
    keysFrom: 'ModelsLab’s API keys page',
  },
  highway: {
    name: 'Highway',
    addresses: [
      { name: 'Highway', url: 'https://api.highwayapi.ai', site: 'https://highwayapi.ai' },
      { name: 'JieKou', url: 'https://api.jiekou.ai', site: 'https://jiekou.ai' },
      { name: 'Novita', url: 'https://api.novita.ai', site: 'https://novita.ai' },
    ],
    keysFrom: 'the console of the service you use',
  },
}

/** The websites that may be opened from the window, in the system’s browser: those of the services, and nothing else. */
export const providerSites: ReadonlySet<string> = new Set(
  Object.values(providerAbouts).flatMap(({ addresses }) => addresses.map(({ site }) => site)),
)

/** The name of a service as people know it; an unknown one keeps its id. */
export const nameOfProvider = (id: string): string =>
  id === 'practice'
    ? 'Practice'
    : (Object.entries(providerAbouts).find(([known]) => known === id)?.[1].name ?? id)

const hintLabels: Readonly<Record<HintId, string>> = {
  'clip.jumps': 'camera jumps',
  'clip.frozen': 'time without change',
  'clip.still': 'time with little motion',
  'clip.black': 'time in black',
  'clip.motion': 'time with very fast motion',
  'framing.body': 'framing of image and clip',
}

const isHint = (id: FindingId): id is HintId => id in hintLabels

/** What a finding measures, as a table names it. */
export function labelOf({ rule, fix }: Pick<Finding, 'rule' | 'fix'>): string {
  // What is trimmed automatically was measured before: the performed part keeps the limit.
  if (rule === 'clip.duration.max' && fix === 'trim') return 'length from the in-point'
  return isHint(rule) ? hintLabels[rule] : gauges[rule].label
}

/** How the limit of a finding binds; that of a hint does not. */
export const boundOf = (id: FindingId): Gauge['bound'] => (isHint(id) ? 'present' : gauges[id].bound)
