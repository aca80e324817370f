import { open } from 'node:fs/promises'
import { parse } from 'icc'
import type { CharacterFacts } from '../../../shared/domain/media.ts'

export type ImageHeader = Omit<CharacterFacts, 'kind' | 'bytes' | 'colourProfile'> & {
  readonly profile: Uint8Array | null
}

const maxNameLength = 80

/** The description in a colour profile, in printable characters; null where it has none. */
export function profileName(profile: Uint8Array | null): string | null {
  if (profile === null) return null
  try {
    const { description } = parse(Buffer.from(profile))
    const name = description?.replaceAll(/\p{C}/gu, '').trim().slice(0, maxNameLength)
    return name === undefined || name === '' ? null : name
  } catch {
    // An invalid profile has no name; the image may still be fine.
    return null
  }
}

const maxHeaderLength = 26

/** Size and depth of a Windows bitmap; the oldest version has a short header with 16-bit sides. */
export async function readBmpHeader(path: string): Promise<ImageHeader> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(maxHeaderLength + 4),
      0,
      maxHeaderLength + 4,
      0,
    )
    if (bytesRead < maxHeaderLength) throw new Error('The header is cut short.')
    const old = buffer.readUInt32LE(14) === 12
    const width = old ? buffer.readUInt16LE(18) : buffer.readInt32LE(18)
    // A negative height means that rows are stored from top to bottom.
    const height = old ? buffer.readUInt16LE(20) : Math.abs(buffer.readInt32LE(22))
    if (width < 1 || height < 1) throw new Error('The header has no size.')
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
