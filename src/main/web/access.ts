import { createHash, timingSafeEqual } from 'node:crypto'
import type { Tickets } from './tickets.ts'

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
  /** An address with a ticket was opened: leave a cookie, then go where no ticket shows. */
  | { readonly kind: 'enter'; readonly cookie: string; readonly location: string }
  /** The ticket is good, but the address names the machine and not this studio. */
  | { readonly kind: 'elsewhere'; readonly location: string }
  | { readonly kind: 'refuse' }

type Parts = {
  readonly port: number
  /** The name of this start alone, such as `3f9c….localhost`. */
  readonly host: string
  /** What the cookie holds. It is in no address. */
  readonly session: string
  readonly tickets: Pick<Tickets, 'isGood' | 'spend'>
  /** The port of Vite's own server while developing: it forwards to this one, under its own host and origin. */
  readonly devPort: number | null
}

const pass: Verdict = { kind: 'pass' }
const refuse: Verdict = { kind: 'refuse' }
const cookieName = 'understudy'

/** Compares hashes, so that neither content nor length shows in the time it takes. */
function same(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret))
}

function cookies(header: string, name: string): readonly string[] {
  const pairs = header.split(';').map((pair) => pair.trim())
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1))
}

const ticketIn = (target: string) =>
  target.startsWith('/?') ? new URLSearchParams(target.slice(2)).get('ticket') : null

/**
 * Lets in only a browser that brought a ticket, on a page of this server. Browsers send a cookie to every port of a
 * host, so other servers of this machine would receive it if the studio shared a name with them: it has a name of its
 * own. The Host check stops names of other sites that resolve to this machine; the Origin check stops their pages.
 */
export function createGate({ port, host, session, tickets, devPort }: Parts): (visit: Visit) => Verdict {
  const own = new Set([`${host}:${port}`, ...(devPort === null ? [] : [`${host}:${devPort}`])])
  const machine = new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`))
  const entered: Verdict = {
    kind: 'enter',
    // Lax and not Strict: the window comes from a file, which is another site, and has to keep the cookie on its way.
    cookie: `${cookieName}=${session}; HttpOnly; SameSite=Lax; Path=/`,
    location: devPort === null ? '/' : `http://${host}:${devPort}/`,
  }

  return ({ method, target, host: named, origin, cookie, upgrade }) => {
    if (named === undefined || !target.startsWith('/')) return refuse
    const ticket = method === 'GET' && !upgrade ? ticketIn(target) : null
    if (machine.has(named) && origin === undefined && ticket !== null && tickets.isGood(ticket))
      return { kind: 'elsewhere', location: `http://${host}:${port}${target}` }
    if (!own.has(named)) return refuse
    const reading = (method === 'GET' || method === 'HEAD') && !upgrade
    if (origin === undefined ? !reading : origin !== `http://${named}`) return refuse
    const known = cookies(cookie ?? '', cookieName).some((value) => same(value, session))
    if (ticket !== null) return tickets.spend(ticket) || known ? entered : refuse
    return known ? pass : refuse
  }
}
