import { createHash, timingSafeEqual } from 'node:crypto'

/** The part of a request that decides whether it is let in. */
export type Visit = {
  readonly method: string
  /** As on the request line. */
  readonly target: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly cookie: string | undefined
  /** Whether it wants to become a WebSocket. */
  readonly upgrade: boolean
}

export type Verdict =
  | { readonly kind: 'pass' }
  /** The address with the token was opened: leave a cookie, then go where no token shows. */
  | { readonly kind: 'enter'; readonly cookie: string; readonly location: string }
  | { readonly kind: 'refuse' }

type Parts = {
  readonly port: number
  readonly token: string
  /** Lets in once: the window is opened with it, and command lines can be read by everybody on the machine. */
  readonly ticket: string
  /** Vite's own server while developing: it forwards to this one, under its own host and origin. */
  readonly devRenderer: URL | null
}

const pass: Verdict = { kind: 'pass' }
const refuse: Verdict = { kind: 'refuse' }

/** Compares hashes, so that neither content nor length shows in the time it takes. */
function same(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret))
}

function cookies(header: string, name: string): readonly string[] {
  const pairs = header.split(';').map((pair) => pair.trim())
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1))
}

/**
 * Lets in only the browser that was given the token, on a page of this server itself. The Host check stops names of
 * other sites that resolve to this machine; the Origin check stops pages of other sites and of other local servers,
 * which are the same site as this one to a cookie.
 */
export function createGate({ port, token, ticket, devRenderer }: Parts): (visit: Visit) => Verdict {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  if (devRenderer) hosts.add(devRenderer.host)
  // Cookies ignore ports: two studios on one machine must not overwrite each other's.
  const cookieName = `understudy-${port}`
  const entered: Verdict = {
    kind: 'enter',
    cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    location: devRenderer?.href ?? '/',
  }

  let ticketUsed = false
  function admits(given: string): boolean {
    if (same(given, token)) return true
    if (ticketUsed || !same(given, ticket)) return false
    ticketUsed = true
    return true
  }

  return ({ method, target, host, origin, cookie, upgrade }) => {
    if (host === undefined || !hosts.has(host) || !target.startsWith('/')) return refuse
    const reading = (method === 'GET' || method === 'HEAD') && !upgrade
    if (origin === undefined ? !reading : origin !== `http://${host}`) return refuse
    const given =
      reading && target.startsWith('/?') ? new URLSearchParams(target.slice(2)).get('token') : null
    if (given !== null) return admits(given) ? entered : refuse
    return cookies(cookie ?? '', cookieName).some((value) => same(value, token)) ? pass : refuse
  }
}
