/** A proxy that carries connections to services: by CONNECT over http or https, or by SOCKS 5. */
export type Proxy = {
  readonly kind: 'http' | 'https' | 'socks5'
  readonly host: string
  readonly port: number
  readonly user: { readonly name: string; readonly password: string } | null
  /** Where this is set, in words for the user: a variable, or the system's settings. */
  readonly setIn: string
}

/** A proxy that is set and cannot be used; connecting without it would go where the user did not mean to. */
type UnusableProxy = { readonly kind: 'unusable'; readonly setIn: string; readonly why: string }

export type Route = { readonly kind: 'direct' } | Proxy | UnusableProxy

export const direct: Route = { kind: 'direct' }

/** A proxy as it may be shown: never its name or password. */
export const nameOfProxy = ({ host, port }: Pick<Proxy, 'host' | 'port'>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${String(port)}`

const kinds: Readonly<Record<string, readonly [Proxy['kind'], port: number]>> = {
  'http:': ['http', 80],
  'https:': ['https', 443],
  'socks5:': ['socks5', 1080],
  'socks5h:': ['socks5', 1080],
  'socks:': ['socks5', 1080],
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Reads `http://name:password@host:port` as variables hold it; without a scheme it is http, as curl has it. */
export function readProxy(text: string, setIn: string): Route {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  const unusable = (why: string): Route => ({ kind: 'unusable', setIn, why })
  if (url === null || url.hostname === '')
    return unusable('It isn’t a proxy address. Encode special characters in a password, such as %23 for #.')
  // A sign that ends the address early, such as # or / in a password: what is left of it would be taken for a host.
  if (`${url.pathname}${url.search}${url.hash}`.includes('@'))
    return unusable(
      'Its name or password has a special character. Encode it, such as %23 for # and %2F for /.',
    )
  const known = kinds[url.protocol]
  if (known === undefined)
    return unusable(`Its type (${url.protocol.slice(0, -1)}) must be http, https or socks5.`)
  const [kind, usual] = known
  return {
    kind,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? usual : Number(url.port),
    user: url.username === '' ? null : { name: decoded(url.username), password: decoded(url.password) },
    setIn,
  }
}

const pacKinds: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
}

/**
 * Reads the answer of a proxy script, as Electron's `resolveProxy` gives it: `PROXY a:1; HTTPS b:2; DIRECT`. Kinds that are
 * not known (QUIC, SOCKS4) are passed over, as browsers do; where nothing is left, the way is direct.
 */
export function readPac(answer: string, setIn: string): readonly Route[] {
  const routes = answer.split(';').flatMap((entry): readonly Route[] => {
    const [word = '', place = ''] = entry.trim().split(/\s+/)
    if (word.toUpperCase() === 'DIRECT') return [direct]
    const kind = pacKinds[word.toUpperCase()]
    if (kind === undefined || place === '') return []
    const route = readProxy(`${kind}://${place}`, setIn)
    return route.kind === 'unusable' ? [] : [route]
  })
  return routes.length === 0 ? [direct] : routes
}
