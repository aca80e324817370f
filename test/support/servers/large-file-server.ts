import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Serves files of as many bytes as their name says on loopback, made as they are sent, and says where. */
const piece = Buffer.alloc(64 * 1024, 7)

function* pieces(size: number) {
  for (let left = size; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, piece.length))
}

const server = createServer((request, response) => {
  const size = Number(request.url?.slice(1))
  response.writeHead(200, { 'content-length': String(size), etag: '"v1"' })
  // Whoever fetches it may leave at any time.
  pipeline(Readable.from(pieces(size)), response).catch(() => undefined)
})
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens has an address with a port.
  process.stdout.write(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}\n`)
})
