import { open } from 'node:fs/promises'
import type { ImageHeader } from './header.ts'

const longest = 26

/** Size and depth of a Windows bitmap; the oldest kind has a short header with 16-bit sides. */
export async function readBmpHeader(path: string): Promise<ImageHeader> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longest + 4), 0, longest + 4, 0)
    if (bytesRead < longest) throw new Error('The header is cut short.')
    const old = buffer.readUInt32LE(14) === 12
    const width = old ? buffer.readUInt16LE(18) : buffer.readInt32LE(18)
    // A negative height says that the rows stand from top to bottom.
    const height = old ? buffer.readUInt16LE(20) : Math.abs(buffer.readInt32LE(22))
    if (width < 1 || height < 1) throw new Error('The header gives no size.')
    return {
      format: 'bmp',
      width,
      height,
      orientation: 1,
      alpha: !old && buffer.readUInt16LE(28) === 32,
      animated: false,
      colourSpace: 'srgb',
      profile: null,
    }
  } finally {
    await file.close()
  }
}
