import { fail, type Failure } from '../../shared/outcome.ts'
import { type Proxy, nameOfProxy } from './routes.ts'
import { Unreached } from './unreached.ts'
import type { IncomingMessage } from 'node:http'
import { errorCode } from '../files/error-code.ts'
import { NoSign } from './ready.ts'

/** What the codes of RFC 1928 mean for the user. */
const replies: Readonly<Record<number, string>> = {
  1: 'it failed',
  2: 'its rules forbid it',
  3: 'the network is unreachable',
  4: 'the host is unreachable',
  5: 'the connection was refused',
  6: 'it took too long',
  7: 'it doesn’t know the command',
  8: 'it doesn’t know the type of address',
}

export const proxyRefused = (proxy: Proxy, host: string, reply: number) =>
  new Unreached(
    { obstacle: 'proxy' },
    `${proxyName(proxy)} doesn’t connect to ${host}: ${replies[reply] ?? `code ${String(reply)}`}.`,
    reply === 2
      ? 'Ask the proxy’s administrator to allow it.'
      : 'Try again later. If a browser can reach it, ask the proxy’s administrator.',
  )

export const wrongTime = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

export const notSecured = (host: string, why: string) =>
  new Unreached(
    { obstacle: 'connection' },
    `Understudy couldn’t make a secure connection to ${host} (${why}).`,
    'A firewall or a program that inspects connections may block it. Try another network or a proxy.',
  )

export function certificateProblem(host: string, code: string, seen: string): Unreached {
  const say = (message: string, advice: string) =>
    new Unreached({ obstacle: 'certificate' }, `${message} ${seen}`, advice)
  if (wrongTime.has(code))
    return say(
      `According to this computer’s clock, the certificate of ${host} is out of date.`,
      'If the clock is wrong, set it. If it’s correct, the service must renew its certificate.',
    )
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return say(
      `The server that answers for ${host} has a certificate for other names.`,
      'Networks in hotels and trains do this before you sign in. Open a web page in a browser first.',
    )
  return say(
    `This computer doesn’t trust the certificate of ${host}.`,
    'If your network inspects connections, install its root certificate in this system, or set NODE_EXTRA_CA_CERTS to its file. Otherwise, don’t trust this network.',
  )
}

const noName = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EAI_NONAME',
  'EAI_FAIL',
  'ENODATA',
  'ESERVFAIL',
])

export const proxySilent = (proxy: Proxy, why: string) =>
  new Unreached(
    { obstacle: 'proxy', silent: true },
    `${proxyName(proxy)} can’t be reached (${why}).`,
    `Check that it’s running and that its address in ${proxy.setIn} is correct. If you don’t need a proxy, remove it there.`,
  )

export const proxyUnusable = ({ setIn, why }: { readonly setIn: string; readonly why: string }) =>
  new Unreached({ obstacle: 'proxy' }, `The proxy set in ${setIn} can’t be used. ${why}`, 'Correct it there.')

export const privateHost = (host: string) =>
  new Unreached(
    { obstacle: 'address' },
    `${host} is a private address.`,
    'Use the public address of the service.',
  )

export const leadsToPrivate = (host: string) =>
  new Unreached(
    { obstacle: 'address' },
    `${host} points at a private address.`,
    'Check the address. If it’s correct, a DNS filter on this network (Pi-hole, a router) may block it.',
  )

export function notReached(host: string, error: unknown, isLocal: boolean): Unreached {
  if (error instanceof Unreached) return error
  const code = errorCode(error)
  if (noName.has(code))
    return new Unreached(
      { obstacle: 'dns', silent: true },
      `DNS couldn’t find ${host} (${code}).`,
      'Check your internet connection, the spelling and this network’s DNS server.',
    )
  const why =
    error instanceof NoSign ? 'no data for 10 s' : code || (error instanceof Error ? error.message : '')
  return new Unreached(
    { obstacle: 'connection', silent: true },
    `Understudy couldn’t connect to ${host} (${why}).`,
    isLocal
      ? 'Check that the program at this address is running.'
      : 'Check your internet connection. If your network needs a proxy, set HTTPS_PROXY.',
  )
}

const proxyName = (proxy: Proxy): string => `The proxy ${nameOfProxy(proxy)} (set in ${proxy.setIn})`

const signIn = ({ kind, host, port, setIn, user }: Proxy): Readonly<Record<'message' | 'advice', string>> =>
  user === null
    ? {
        message: 'needs a name and a password.',
        advice: `Set HTTPS_PROXY=${kind}://NAME:PASSWORD@${nameOfProxy({ host, port })} before you start Understudy.`,
      }
    : {
        message: 'doesn’t accept the name and the password.',
        advice: `Correct both in ${setIn}. Encode special characters, such as %40 for @.`,
      }

export function signInRefused(proxy: Proxy): Unreached {
  const { message, advice } = signIn(proxy)
  return new Unreached({ obstacle: 'proxy' }, `${proxyName(proxy)} ${message}`, advice)
}

/** What a proxy's own answer means. It is never the answer of the service: the tunnel was not made. */
export function tunnelRefused(
  proxy: Proxy,
  { host }: { readonly host: string },
  { statusCode: status = 0, headers }: IncomingMessage,
) {
  const asked = headers['proxy-authenticate'] ?? []
  const offers = [asked].flat().join(', ')
  if (status === 407) {
    if (offers === '' || /\bbasic\b/i.test(offers)) return signInRefused(proxy)
    const ways =
      offers.match(/\b(Negotiate|NTLM|Digest|Kerberos|Bearer)\b/gi)?.join(', ') ?? offers.slice(0, 60)
    return new Unreached(
      { obstacle: 'proxy' },
      `${proxyName(proxy)} needs a sign-in method that Understudy doesn’t support (${ways}).`,
      'Ask the network’s administrator for a proxy with a name and a password, or for one without a sign-in.',
    )
  }
  const http = `HTTP ${String(status)}`
  return status >= 500
    ? new Unreached(
        { obstacle: 'proxy' },
        `${proxyName(proxy)} couldn’t reach ${host} (${http}).`,
        'Try again later. If a browser can reach it, ask the proxy’s administrator.',
      )
    : new Unreached(
        { obstacle: 'proxy' },
        `${proxyName(proxy)} refuses connections to ${host} (${http}).`,
        `Ask the proxy’s administrator to allow it. If this network can reach ${host} without a proxy, add it to NO_PROXY.`,
      )
}

export const notAProxy = (proxy: Proxy, why: string): Unreached =>
  new Unreached(
    { obstacle: 'proxy', silent: true },
    `${proxyName(proxy)} doesn’t answer like a proxy (${why}).`,
    `Check its address and type in ${proxy.setIn}.`,
  )

export const notAnAddress = (text: string): Failure =>
  fail('usage', 'This isn’t a web address.', { detail: text.slice(0, 200) })

export const addressWithUser = fail('usage', 'A web address can’t contain a user name or password.')

export const ownAddress = (host: string): Failure =>
  fail('usage', `${host} is an address of this computer and can’t be used here.`)

export const needsHttps = (host: string): Failure => fail('usage', `${host} must be reached through https.`)

export const privateAddress = (host: string): Failure =>
  fail('usage', `${host} is a private address and can’t be used here.`)
