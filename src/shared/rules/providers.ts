import type { RemoteProvider } from '../domain/account.ts'

type About = {
  readonly name: string
  /** Brands that speak the same API; the first is the documented default. */
  readonly addresses: readonly [Address, ...Address[]]
  /** Where a key is made, in words. */
  readonly keysFrom: string
}
type Address = { readonly name: string; readonly url: string }

/** What is known of each service besides its models. Addresses are scheme and host; paths belong to the adapters. */
export const providerAbouts: Readonly<Record<RemoteProvider, About>> = {
  kling: {
    name: 'Kling',
    addresses: [
      { name: 'Outside mainland China', url: 'https://api-singapore.klingai.com' },
      { name: 'Inside mainland China', url: 'https://api-beijing.klingai.com' },
    ],
    keysFrom: 'the developer console of Kling',
  },
  'kling-gateway': {
    name: 'Kling gateway',
    addresses: [{ name: 'PowerTokens', url: 'https://api.powertokens.ai' }],
    keysFrom: 'the console of the gateway',
  },
  oxen: {
    name: 'Oxen.ai',
    addresses: [{ name: 'Oxen.ai', url: 'https://hub.oxen.ai' }],
    keysFrom: 'your profile at Oxen.ai',
  },
  modelslab: {
    name: 'ModelsLab',
    addresses: [{ name: 'ModelsLab', url: 'https://modelslab.com' }],
    keysFrom: 'the API keys page of ModelsLab',
  },
  highway: {
    name: 'Highway',
    addresses: [
      { name: 'Highway', url: 'https://api.highwayapi.ai' },
      { name: 'JieKou', url: 'https://api.jiekou.ai' },
      { name: 'Novita', url: 'https://api.novita.ai' },
    ],
    keysFrom: 'the console of the brand whose address is chosen',
  },
}

/** The name of a service as people know it; an unknown one keeps its id. */
export const nameOfProvider = (id: string): string =>
  id === 'practice'
    ? 'Practice'
    : (Object.entries(providerAbouts).find(([known]) => known === id)?.[1].name ?? id)
