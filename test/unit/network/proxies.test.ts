import { describe, expect, it } from 'vitest'
import { isExempt } from '../../../src/main/network/no-proxy.ts'
import { environmentNote, routesTo, type Environment } from '../../../src/main/network/proxies.ts'
import { direct, readPac, readProxy } from '../../../src/main/network/routes.ts'
import { readGnome, readScutil, readWindowsSettings } from '../../../src/main/network/system-answers.ts'
import { createSystemProxy } from '../../../src/main/network/system-proxy.ts'

const service = new URL('https://api.kling.test/v1')
const system = readProxy('http://system.corp:3128', 'the system')
const routes = (env: Environment, url = service) => routesTo(url, env, () => Promise.resolve([system]))
const place = { kind: 'http', host: 'proxy.corp', port: 8080, user: null }

describe('the proxy of the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://proxy.corp:8080' }, { ...place, setIn: 'HTTPS_PROXY' }],
    [
      { https_proxy: 'proxy.corp:8080', HTTPS_PROXY: 'http://other:1' },
      { ...place, setIn: 'https_proxy' },
    ],
    [
      { https_proxy: '', ALL_PROXY: 'proxy.corp:8080' },
      { ...place, setIn: 'ALL_PROXY' },
    ],
    [{ all_proxy: 'socks5h://127.0.0.1:7890' }, { kind: 'socks5', host: '127.0.0.1', port: 7890 }],
    [{ HTTPS_PROXY: 'https://me:a%40b@[fd00::1]' }, { kind: 'https', host: 'fd00::1', port: 443 }],
    [{ HTTPS_PROXY: 'https://me:a%40b@h' }, { user: { name: 'me', password: 'a@b' } }],
    [{ HTTPS_PROXY: 'http://' }, { kind: 'unusable', setIn: 'HTTPS_PROXY' }],
    [{ HTTPS_PROXY: 'quic://proxy.corp:1' }, { kind: 'unusable' }],
    [{ HTTPS_PROXY: 'http://me:12/3@proxy.corp:8080' }, { kind: 'unusable' }],
    [{ HTTPS_PROXY: 'http://me:12#3@proxy.corp:8080' }, { kind: 'unusable' }],
  ])('%o leads to the service', async (env, route) => {
    expect(await routes(env)).toMatchObject([route])
  })

  it('gives way to nothing but NO_PROXY, and the system’s only counts without one', async () => {
    expect(await routes({})).toEqual([system])
    expect(await routes({ no_proxy: 'kling.test' })).toEqual([direct])
    expect(await routes({ HTTPS_PROXY: 'proxy.corp:1', NO_PROXY: 'else.test, .kling.test' })).toEqual([
      direct,
    ])
  })

  it.each(['http://127.0.0.1:8080/', 'http://localhost/', 'https://[::1]/'])(
    'is never used for %s, which is this machine',
    async (address) => {
      expect(
        await routes({ HTTPS_PROXY: 'proxy.corp:1', ALL_PROXY: 'proxy.corp:1' }, new URL(address)),
      ).toEqual([direct])
    },
  )

  it.each(['http://jo:78/9@h:1', 'jo:78?9@h:1', 'http://jo:pass#9@h', 'ftp://jo:pass@h'])(
    '%s cannot be used, and nothing of its password is told',
    (text) => {
      const { why } = readProxy(text, 'HTTPS_PROXY') as { readonly why: string }
      expect(why).not.toMatch(/jo|78|pass\b/)
    },
  )

  it('of http alone does nothing, and the user is told', () => {
    expect(environmentNote({ HTTP_PROXY: 'proxy.corp:1' })).toMatch(/^HTTP_PROXY is set, but not HTTPS_PROXY/)
    expect(environmentNote({ HTTP_PROXY: 'proxy.corp:1', all_proxy: 'proxy.corp:1' })).toBeNull()
  })
})

describe('what NO_PROXY names', () => {
  it.each([
    ['*', 'https://api.kling.test'],
    ['API.kling.test', 'https://api.kling.test.'],
    ['*.kling.test', 'https://api.kling.test'],
    ['kling.test:443', 'https://api.kling.test'],
    ['8.8.0.0/16', 'https://8.8.4.4'],
    ['8.8.*', 'https://8.8.4.4'],
    ['2606:4700::1111', 'https://[2606:4700::1111]'],
    ['[2606:4700::]/32', 'https://[2606:4700::1111]'],
  ])('%s covers %s', (list, address) => {
    expect(isExempt(`else.test ${list}`, new URL(address))).toBe(true)
  })

  it.each([
    ['ing.test', 'https://api.kling.test'],
    ['kling.test:8443', 'https://api.kling.test'],
    ['8.8.0.0/33', 'https://8.8.4.4'],
    ['4.4', 'https://8.8.4.4'],
    ['', 'https://api.kling.test'],
    ['.', 'https://api.kling.test'],
  ])('%s does not cover %s', (list, address) => {
    expect(isExempt(list, new URL(address))).toBe(false)
  })
})

describe('the answer of a proxy script', () => {
  it.each([
    ['DIRECT', [direct]],
    ['PROXY a:1; DIRECT', [{ kind: 'http', host: 'a', port: 1 }, direct]],
    [
      'HTTPS a:1;SOCKS5 b:2',
      [
        { kind: 'https', port: 1 },
        { kind: 'socks5', host: 'b', port: 2 },
      ],
    ],
    ['QUIC a:1; SOCKS b:2', [{ kind: 'socks5', host: 'b' }]],
    ['PROXY [fd00::1]:8080', [{ kind: 'http', host: 'fd00::1', port: 8080 }]],
    ['QUIC a:1', [direct]],
    ['', [direct]],
  ])('%s is read as ways in their order', (answer, ways) => {
    expect(readPac(answer, 'the system')).toMatchObject(ways)
  })
})

const scutil = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : kling.test
  }
  HTTPEnable : 1
  HTTPPort : 3128
  HTTPProxy : http.corp
  HTTPSEnable : 1
  HTTPSPort : 8080
  HTTPSProxy : proxy.corp
  ProxyAutoConfigEnable : 0
}
`
const windows = (lines: string) =>
  `\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\r\n${lines}\r\n`
const gnome = (mode: string) => `org.gnome.system.proxy autoconfig-url 'http://wpad.corp/p.pac'
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', 'kling.test']
org.gnome.system.proxy mode '${mode}'
org.gnome.system.proxy.http host 'http.corp'
org.gnome.system.proxy.https host 'proxy.corp'
org.gnome.system.proxy.https port 8080
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
`
const windowsProxy = '    ProxyEnable    REG_DWORD    0x1\r\n    ProxyServer    REG_SZ    '

describe('the system’s settings', () => {
  const elsewhere = new URL('https://modelslab.com/')

  it.each([
    ['macOS', readScutil(scutil)],
    [
      'Windows',
      readWindowsSettings(
        windows(
          `${windowsProxy}http=http.corp:3128;https=proxy.corp:8080\r\n    ProxyOverride    REG_SZ    kling.test;*.kling.test;<local>`,
        ),
      ),
    ],
    ['GNOME', readGnome(gnome('manual'))],
  ])('of %s name a proxy for https and what goes without it', (_name, { routeTo, note }) => {
    expect(routeTo(elsewhere)).toMatchObject(place)
    expect({ exempt: routeTo(service), note }).toEqual({ exempt: direct, note: null })
  })

  it.each([
    ['one proxy for everything', readWindowsSettings(windows(`${windowsProxy}proxy.corp:8080`)), place],
    [
      'a SOCKS proxy alone',
      readWindowsSettings(windows(`${windowsProxy}socks=b.corp:1080`)),
      { kind: 'socks5', host: 'b.corp' },
    ],
    [
      'a proxy that is switched off',
      readWindowsSettings(windows(`${windowsProxy}a:1`.replace('0x1', '0x0'))),
      direct,
    ],
    [
      'a SOCKS proxy of macOS',
      readScutil('<dictionary> {\n  SOCKSEnable : 1\n  SOCKSPort : 1080\n  SOCKSProxy : b.corp\n}'),
      { kind: 'socks5', host: 'b.corp', port: 1080 },
    ],
    ['no proxy at all', readGnome(gnome('none')), direct],
    ['no answer', readScutil(''), direct],
  ])('may name %s', (_what, { routeTo }, route) => {
    expect(routeTo(elsewhere)).toMatchObject(route)
  })

  it.each([
    readScutil(
      '<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://me:secret@wpad.corp/p.pac\n}',
    ),
    readWindowsSettings(windows('    AutoConfigURL    REG_SZ    http://wpad.corp/p.pac')),
    readGnome(gnome('auto')),
  ])('say that a proxy script cannot be followed without the desktop app', ({ note }) => {
    expect(note).toMatch(/proxy script \(http:\/\/wpad\.corp\/p\.pac\), which only the desktop app supports/)
  })

  it('are asked for once a minute, and never hold up a connection with a failure', async () => {
    let now = 0
    const asked: string[] = []
    const ask = createSystemProxy({
      ...{ platform: 'darwin', env: {}, monotonic: () => now },
      run: ({ command }) => {
        asked.push(command)
        const stdout = new TextEncoder().encode(scutil)
        return Promise.resolve({ ended: 'exit', exitCode: asked.length === 1 ? 0 : 1, stdout, stderr: '' })
      },
    })
    expect((await ask()).routeTo(elsewhere)).toMatchObject(place)
    now = 59_000
    await ask()
    expect(asked).toEqual(['/usr/sbin/scutil'])
    now = 61_000
    expect((await ask()).routeTo(elsewhere)).toEqual(direct)
  })
})
