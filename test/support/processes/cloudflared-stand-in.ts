/**
 * Behaves as `cloudflared tunnel --no-autoupdate --url URL` does, on this machine: prints the banner of the real one to
 * standard error and forwards what comes to an address of its own. The environment can make it fail.
 */
import { appendFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

const [command, ...options] = process.argv.slice(2)
const target = options.at(options.indexOf('--url') + 1)
const expected = ['--no-autoupdate', '--url', target].join(' ')
if (command !== 'tunnel' || target === undefined || options.join(' ') !== expected) {
  process.stderr.write(`Incorrect Usage: ${process.argv.slice(2).join(' ')}\n`)
  process.exit(1)
}

const { STAND_IN_PIDS: pids, STAND_IN_MODE: mode } = process.env
if (pids !== undefined) appendFileSync(pids, `${String(process.pid)}\n`)

const line = (text: string) => process.stderr.write(`2026-11-20T15:04:05Z INF ${text}\n`)
const rule = `+${'-'.repeat(92)}+`

/** What the real one prints when its service cannot be reached. */
function fail(): never {
  const why =
    'Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host'
  process.stderr.write(`failed to request quick Tunnel: ${why}\n`)
  process.exit(1)
}

line(
  'Thank you for trying Cloudflare Tunnel. Doing so, without a Cloudflare account, is a quick way to experiment.',
)
line('Requesting new quick Tunnel on trycloudflare.com...')
if (mode === 'fail') fail()

const server = createServer((incoming, outgoing) => {
  const { method, url, headers } = incoming
  const forwarded = request(target, { method, path: url, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  forwarded.on('error', () => outgoing.writeHead(502).end())
  incoming.pipe(forwarded)
})

function printBanner(address: string) {
  line(rule)
  line(
    `|  ${'Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):'.padEnd(90)}|`,
  )
  line(`|  ${address.padEnd(90)}|`)
  line(rule)
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  if (mode === 'silent') line('…')
  else if (mode === 'noisy') process.stderr.write('x'.repeat(4 * 1024 * 1024), () => printBanner('nowhere'))
  else printBanner(`http://127.0.0.1:${String(port)}`)
})
