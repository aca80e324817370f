// Fetches a program and keeps it only if it is the published one. Runs as a process of its own, under the pinned Node,
// which reaches the network the way the system does: arguments are the address, the file, its size and its SHA-256.
import { createHash } from 'node:crypto'
import { chmodSync, createWriteStream, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'

/** @typedef {{ bytes: number, sha256: string }} Pin */

/** @returns {Promise<string | null>} why it was not kept */
export async function fetchPinned(
  /** @type {string} */ url,
  /** @type {string} */ target,
  /** @type {Pin} */ { bytes, sha256 },
) {
  const partial = `${target}.part`
  try {
    const response = await fetch(url, { redirect: 'follow' })
    if (!response.ok || response.body === null) return `${new URL(url).host} answered ${response.status}`
    const hash = createHash('sha256')
    let seen = 0
    await pipeline(
      Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body)),
      createGunzip(),
      async function* (/** @type {AsyncIterable<Buffer>} */ pieces) {
        for await (const piece of pieces) {
          seen += piece.length
          if (seen > bytes) throw new Error('it’s larger than the published file')
          hash.update(piece)
          yield piece
        }
      },
      createWriteStream(partial),
    )
    if (hash.digest('hex') !== sha256) return 'its SHA-256 doesn’t match the published one'
    chmodSync(partial, 0o755)
    renameSync(partial, target)
    return null
  } catch (error) {
    return reasonOf(error)
  } finally {
    rmSync(partial, { force: true })
  }
}

/** `fetch` hides the reason in the cause of its error. @returns {string} */
function reasonOf(/** @type {unknown} */ error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url = '', target = '', bytes = '', sha256 = ''] = process.argv.slice(2)
  const reason = await fetchPinned(url, target, { bytes: Number(bytes), sha256 })
  if (reason !== null) process.stderr.write(`${reason}\n`)
  process.exitCode = reason === null ? 0 : 1
}
