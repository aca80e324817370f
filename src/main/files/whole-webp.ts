import { open } from 'node:fs/promises'

/** Whether a file begins as a WebP and is as long as its header says: one that was cut off is neither shown nor kept. */
export async function isWholeWebp(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null)
  if (file === null) return false
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0)
    const isWebp = buffer.toString('latin1', 0, 4) === 'RIFF' && buffer.toString('latin1', 8) === 'WEBP'
    return bytesRead === 12 && isWebp && (await file.stat()).size === buffer.readUInt32LE(4) + 8
  } catch {
    return false
  } finally {
    await file.close()
  }
}
