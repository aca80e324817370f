import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { notAnAddress, addressWithUser, ownAddress, needsHttps, privateAddress } from './problems.ts'

export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Addresses that only mean something on this machine or this network (RFC 6890), and those that wrap one (6to4, NAT64, Teredo). */
const notPublic = new BlockList()
const subnets = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const
for (const [net, prefix, family] of subnets) notPublic.addSubnet(net, prefix, family)

/** An IPv4 address in IPv6 clothing is judged as the IPv4 address it is. */
export function isPrivateAddress(address: string): boolean {
  const host = address.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  return family !== 0 && notPublic.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

/** VPN and proxy tools (Clash, sing-box, Surge) answer every name with an address of their own from this range (RFC 2544). */
const standIns = new BlockList()
standIns.addSubnet('198.18.0.0', 15, 'ipv4')

/**
 * The addresses of a name that may be connected to; null where the name leads into a private network. Behind a fake-IP
 * resolver these are the stand-ins alone: what else it answers (sing-box: fc00::/18) is private.
 */
export function publicOnly(addresses: readonly LookupAddress[]): readonly LookupAddress[] | null {
  const fake = addresses.filter(({ address, family }) => family === 4 && standIns.check(address, 'ipv4'))
  if (fake.length > 0) return fake
  return addresses.some(({ address }) => isPrivateAddress(address)) ? null : addresses
}

/**
 * Names that only mean something on one network (RFC 6761, 6762, 8375; `internal` is reserved by ICANN). A proxy resolves
 * names itself, so these are refused by name.
 */
export function isPrivateName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return (
    isIP(name) === 0 && (!name.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(name))
  )
}

/**
 * The address of a result as it may be fetched. Some services still name theirs by http: nothing is fetched unencrypted,
 * but the same address usually answers by https as well.
 */
export function resultAddress(text: string, loopback: boolean): Outcome<URL> {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' || isLoopbackHost(url.hostname)) return safeUrl(text, loopback)
  url.protocol = 'https:'
  return safeUrl(url.href, loopback)
}

/**
 * A URL we may talk to: https to a public host, or, where `loopback` allows it, http(s) on this machine.
 * Names are judged again when they are looked up (`publicOnly`) or given to a proxy (`isPrivateName`).
 */
export function safeUrl(text: string, loopback: boolean): Outcome<URL> {
  const url = URL.parse(text)
  if (url === null) return notAnAddress(text)
  if (url.username !== '' || url.password !== '') return addressWithUser
  if (isLoopbackHost(url.hostname)) {
    if (loopback && (url.protocol === 'http:' || url.protocol === 'https:')) return ok(url)
    return ownAddress(url.host)
  }
  if (url.protocol !== 'https:') return needsHttps(url.host)
  if (isPrivateAddress(url.hostname)) {
    return privateAddress(url.host)
  }
  return ok(url)
}
