import { isExempt } from './no-proxy.ts'
import { direct, readProxy, type Route } from './routes.ts'

/** What the system's settings say: the way to an address, and what of them cannot be followed here. */
export type SystemProxy = {
  readonly routeTo: (url: URL) => Route
  /** A whole sentence; null where everything can be followed. */
  readonly note: string | null
}

export const noSystemProxy: SystemProxy = { routeTo: () => direct, note: null }

/** Where a script is, without a name and a password. */
function shown(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  Object.assign(url, { username: '', password: '' })
  return url.href
}

const script = (where: string, address: string) =>
  `${where} use a proxy script (${shown(address)}), which only the desktop app supports. Set HTTPS_PROXY to the proxy that the script names.`

const scheme = (place: string, kind: 'http' | 'socks5') =>
  place.includes('://') ? place : `${kind}://${place}`

function settings(where: string, proxy: string | null, exempt: string, scriptAt: string | null): SystemProxy {
  const note = scriptAt === null || scriptAt === '' ? null : script(where, scriptAt)
  if (proxy === null) return { ...noSystemProxy, note }
  const route = readProxy(proxy, where)
  return { routeTo: (url) => (isExempt(exempt, url) ? direct : route), note }
}

/** Reads what `scutil --proxy` prints on macOS. */
export function readScutil(text: string): SystemProxy {
  const value = (name: string) => new RegExp(`^\\s*${name} : (.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''
  const list = /ExceptionsList : <array> \{([^}]*)\}/.exec(text)?.[1] ?? ''
  const exceptions = [...list.matchAll(/^\s*\d+ : (.+)$/gm)].map(([, name = '']) => name.trim())
  const place = (kind: 'HTTPS' | 'SOCKS') =>
    value(`${kind}Enable`) === '1' ? `${value(`${kind}Proxy`)}:${value(`${kind}Port`)}` : null
  const http = place('HTTPS')
  const socks = place('SOCKS')
  const proxy = http === null ? socks && scheme(socks, 'socks5') : scheme(http, 'http')
  const scriptAt = value('ProxyAutoConfigEnable') === '1' ? value('ProxyAutoConfigURLString') : null
  return settings('the network settings of macOS', proxy, exceptions.join(','), scriptAt)
}

/**
 * Reads what `reg query` prints for the Internet Settings of Windows. `ProxyServer` is one proxy for everything or
 * `http=a:1;https=b:2;socks=c:3`; `<local>` in the exceptions means names without a dot.
 */
export function readWindowsSettings(text: string): SystemProxy {
  const value = (name: string) =>
    new RegExp(`^\\s*${name}\\s+REG_\\w+\\s+(.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''
  const server = value('ProxyServer')
  const ofKind = (kind: string) => new RegExp(`(?:^|;)\\s*${kind}=([^;]+)`, 'i').exec(server)?.[1]?.trim()
  const socks = ofKind('socks')
  const place = server.includes('=') ? (ofKind('https') ?? (socks && scheme(socks, 'socks5'))) : server
  const proxy = Number(value('ProxyEnable')) === 1 && place ? scheme(place, 'http') : null
  return settings('the proxy settings of Windows', proxy, value('ProxyOverride'), value('AutoConfigURL'))
}

/** Reads what `gsettings list-recursively org.gnome.system.proxy` prints. */
export function readGnome(text: string): SystemProxy {
  const value = (schema: string, key: string) => {
    const line = new RegExp(`^org\\.gnome\\.system\\.proxy${schema} ${key} (.+)$`, 'm').exec(text)?.[1] ?? ''
    return line.trim().replace(/^'(.*)'$/, '$1')
  }
  const where = 'the network settings of GNOME'
  const mode = value('', 'mode')
  if (mode === 'auto') return settings(where, null, '', value('', 'autoconfig-url') || 'found on the network')
  if (mode !== 'manual') return noSystemProxy
  const place = (kind: 'https' | 'socks') => {
    const host = value(`\\.${kind}`, 'host')
    return host === '' ? null : `${host}:${value(`\\.${kind}`, 'port')}`
  }
  const http = place('https')
  const socks = place('socks')
  const proxy = http === null ? socks && scheme(socks, 'socks5') : scheme(http, 'http')
  const exceptions = [...value('', 'ignore-hosts').matchAll(/'([^']*)'/g)].map(([, name = '']) => name)
  return settings(where, proxy, exceptions.join(','), null)
}
