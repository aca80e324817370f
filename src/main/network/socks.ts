import { proxyRefused, notAProxy, signInRefused } from './problems.ts'
import { isIP, type Socket } from 'node:net'
import { stepLimit } from './ready.ts'
import type { Proxy } from './routes.ts'
import type { Target } from './tunnel.ts'
import { cancelledConnection, Unreached } from './unreached.ts'

/** Names are sent to the proxy as they are, so that it resolves them; `isIP` addresses too, which it reads as names. */
const nameAddress = 3
const version = 5

/** Takes exactly so many bytes from a paused socket; what follows stays there for the next reader. */
function take(socket: Socket, bytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off('readable', look)
      socket.off('error', reject)
      socket.off('close', onClose)
      act()
    }
    const look = () => {
      const chunk = socket.read(bytes) as Buffer | null
      if (chunk === null) return
      settle(() => {
        if (chunk.length === bytes) resolve(chunk)
        else reject(new Error('it closed the connection'))
      })
    }
    const onClose = () => {
      settle(() => {
        reject(new Error('it closed the connection'))
      })
    }
    socket.on('readable', look)
    socket.once('error', reject)
    socket.once('close', onClose)
    look()
  })
}

const short = (text: string) => {
  const bytes = Buffer.from(text)
  if (bytes.length > 255) throw new Error('a name or password is longer than 255 bytes')
  return Buffer.concat([Buffer.of(bytes.length), bytes])
}

async function signInTo(socket: Socket, proxy: Proxy): Promise<void> {
  socket.write(proxy.user === null ? Buffer.of(version, 1, 0) : Buffer.of(version, 2, 0, 2))
  const [theirs, method] = await take(socket, 2)
  if (theirs !== version) throw new Error('it doesn’t support SOCKS 5')
  if (method === 0) return
  if (method !== 2 || proxy.user === null) throw signInRefused(proxy)
  socket.write(Buffer.concat([Buffer.of(1), short(proxy.user.name), short(proxy.user.password)]))
  const [, refused] = await take(socket, 2)
  if (refused !== 0) throw signInRefused(proxy)
}

async function askFor(socket: Socket, proxy: Proxy, { host, port }: Target): Promise<void> {
  const place = Buffer.concat([Buffer.of(nameAddress), short(host), Buffer.of(port >> 8, port & 255)])
  socket.write(Buffer.concat([Buffer.of(version, 1, 0), place]))
  const [, reply = 1, , kind] = await take(socket, 4)
  if (reply !== 0) throw proxyRefused(proxy, host, reply)
  const length = kind === 1 ? 4 : kind === 4 ? 16 : (await take(socket, 1))[0]
  await take(socket, (length ?? 0) + 2)
}

/** Asks a SOCKS 5 proxy for a connection (RFC 1928, 1929). The name is resolved by the proxy. */
export async function socksThrough(
  socket: Socket,
  proxy: Proxy,
  target: Target,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  if (isIP(target.host) === 6) throw notAProxy(proxy, 'an IPv6 address needs a proxy that supports CONNECT')
  const onAbort = () => socket.destroy(cancelledConnection())
  socket.setTimeout(stepLimit, () => socket.destroy(new Error('it sent nothing for 10 s')))
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    if (signal?.aborted) throw cancelledConnection()
    await signInTo(socket, proxy)
    await askFor(socket, proxy, target)
    socket.setTimeout(0)
    socket.removeAllListeners('timeout')
    return socket
  } catch (error) {
    socket.on('error', () => undefined)
    socket.destroy()
    if (error instanceof Unreached) throw error
    throw notAProxy(proxy, error instanceof Error ? error.message : String(error))
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
