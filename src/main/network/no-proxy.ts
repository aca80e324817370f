import { BlockList, isIP } from 'node:net'

function inBlock(host: string, entry: string): boolean {
  const [, net = '', prefix = ''] = /^\[?([\da-f.:]+)\]?\/(\d{1,3})$/i.exec(entry) ?? []
  const family = isIP(net)
  if (family === 0 || isIP(host) !== family || Number(prefix) > (family === 4 ? 32 : 128)) return false
  const block = new BlockList()
  const name = family === 4 ? 'ipv4' : 'ipv6'
  block.addSubnet(net, Number(prefix), name)
  return block.check(host, name)
}

const bare = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')

const pattern = (name: string) =>
  new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)

/** `host`, `.host`, `*.host`, `10.*` with or without a port, an address, or a block of addresses. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (inBlock(host, entry)) return true
  // A bare IPv6 address has colons of its own.
  const [, name = entry, onlyPort] = isIP(entry) === 6 ? [] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? [])
  if (onlyPort !== undefined && onlyPort !== port) return false
  if (name.slice(1).includes('*')) return pattern(name).test(host)
  const suffix = bare(name.replace(/^\*?\./, ''))
  return suffix !== '' && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)))
}

/** Does a list as `NO_PROXY` holds one (names apart by commas or blanks) take this address out? */
export function isExempt(list: string, url: URL): boolean {
  const host = bare(url.hostname)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,;]+/).some((entry) => entry !== '' && covers(entry.toLowerCase(), host, port))
}
