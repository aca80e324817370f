const marker = { start: 0xd8, end: 0xd9, scan: 0xda, app0: 0xe0, app14: 0xee, app15: 0xef, comment: 0xfe }
/** Tables and frame headers: all that a decoder needs beside the scans. */
const needed = new Set([
  ...[0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd],
  // Arithmetic coding and its tables.
  ...[0xc9, 0xca, 0xcc],
])

/** Square pixels, no thumbnail. */
const plainJfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex')
/** What an Adobe file says about its colours, without the version of the program that wrote it. */
const adobe = (transform: number) =>
  Buffer.concat([
    Buffer.from('ffee000e41646f626500640000000000', 'hex').subarray(0, 15),
    Buffer.from([transform]),
  ])

/** Where the coded pixels of a scan end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(content: Uint8Array, from: number): number {
  for (let at = from; at + 1 < content.length; at += 1) {
    if (content[at] !== 0xff) continue
    const next = content[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return content.length
}

/**
 * The same JPEG with nothing in it but the picture: no EXIF, profile, comment, thumbnail, and nothing behind its end.
 * null for a file that is not built as expected, which then has to be coded again.
 */
export function copyJpegPixels(source: Uint8Array): Uint8Array | null {
  const content = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const parts: Uint8Array[] = [content.subarray(0, 2)]
  let at = 2
  let scans = 0
  while (at + 2 <= content.length) {
    if (content[at] !== 0xff) return null
    const kind = content[at + 1] ?? 0
    if (kind === 0xff) at += 1
    else if (kind === marker.end) {
      return scans === 0 ? null : Buffer.concat([...parts, content.subarray(at, at + 2)])
    } else {
      const end = at + 4 > content.length ? Infinity : at + 2 + content.readUInt16BE(at + 2)
      if (end > content.length) return null
      const name = content.toString('latin1', at + 4, at + 9)
      if (kind === marker.scan) {
        const scanned = endOfScan(content, end)
        parts.push(content.subarray(at, scanned))
        scans += 1
        at = scanned
        continue
      }
      if (needed.has(kind)) parts.push(content.subarray(at, end))
      else if (kind === marker.app0 && name === 'JFIF\0' && parts.length === 1) parts.push(plainJfif)
      else if (kind === marker.app14 && name === 'Adobe' && end - at >= 16)
        parts.push(adobe(content[at + 15] ?? 0))
      else if (kind !== marker.comment && (kind < marker.app0 || kind > marker.app15)) return null
      at = end
    }
  }
  return null
}
