import { isIP } from 'node:net'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'

export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Addresses that only mean something on this machine or this network (RFC 1918, 3927, 4193, 4291, 6598). */
export function isPrivateAddress(address: string): boolean {
  const host = address.toLowerCase().replace(/^\[|\]$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(host)?.[1]
  if (mapped !== undefined) return isPrivateAddress(mapped)
  if (isIP(host) === 6) return host === '::' || host === '::1' || /^f[cd]|^fe[89ab]|^ff/.test(host)
  const [a = 0, b = 0] = host.split('.').map(Number)
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b <= 127)
  )
}

/**
 * A URL we may talk to: https to a public host, or, where `loopback` allows it, http(s) on this machine.
 * Names are judged again after look-up, in `http.ts`.
 */
export function safeUrl(text: string, loopback: boolean): Outcome<URL> {
  const url = URL.parse(text)
  if (url === null) return fail('usage', 'This is not a web address.', { detail: text.slice(0, 200) })
  if (url.username !== '' || url.password !== '')
    return fail('usage', 'A web address must not carry a name or password.')
  if (isLoopbackHost(url.hostname)) {
    if (loopback && (url.protocol === 'http:' || url.protocol === 'https:')) return ok(url)
    return fail('usage', `${url.host} is an address of this machine and cannot be used here.`)
  }
  if (url.protocol !== 'https:') return fail('usage', `${url.host} is not reached by https.`)
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 && isPrivateAddress(url.hostname)) {
    return fail('usage', `${url.host} is a private address and cannot be used here.`)
  }
  return ok(url)
}
