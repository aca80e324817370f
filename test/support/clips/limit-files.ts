import { copyFile, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { makeClip, turn } from './clips.ts'

/** Real files whose sides, lengths and weights lie exactly at limits. */

type Size = { readonly width: number; readonly height: number }

/** 4:2:0 would round odd sides away. */
const exactly = (width: number, height: number) =>
  `format=yuv444p,scale=${String(width)}:${String(height)},setsar=1`

/** A clip of exact sides; 4:4:4, because only so H.264 holds odd ones. */
export const clipOf = (folder: string, { width, height }: Size) =>
  makeClip(folder, `${String(width)}x${String(height)}.mp4`, {
    width,
    height,
    rate: 10,
    seconds: 3,
    sound: false,
    filter: exactly(width, height),
    video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-bf', '0', '-pix_fmt', 'yuv444p'],
  })

/** The same, stored lying and turned upright by its display matrix. */
export async function turnedClipOf(folder: string, { width, height }: Size): Promise<string> {
  const stored = await clipOf(folder, { width: height, height: width })
  const path = join(folder, `turned-${String(width)}x${String(height)}.mp4`)
  await copyFile(stored, path)
  return turn(path, 90)
}

/** Stored three quarters as wide as it is shown. */
export const wideClipOf = (folder: string, { width, height }: Size) =>
  makeClip(folder, `wide-${String(width)}x${String(height)}.mp4`, {
    width,
    height,
    rate: 10,
    seconds: 3,
    sound: false,
    filter: `${exactly((width * 3) / 4, height)},setsar=4/3`,
    video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-bf', '0', '-pix_fmt', 'yuv444p'],
  })

/** So many frames, ten of them a second. */
export const clipOfFrames = (folder: string, frames: number) =>
  makeClip(folder, `${String(frames)}-frames.mp4`, {
    width: 360,
    height: 360,
    rate: 10,
    seconds: frames / 10,
    sound: false,
  })

/** The same clip with a `free` box behind it, so that the file has exactly so many bytes; a sparse one, so it costs no disk. */
export async function clipOfBytes(folder: string, source: string, bytes: number): Promise<string> {
  const path = join(folder, `${String(bytes)}-bytes.mp4`)
  await copyFile(source, path)
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const header = Buffer.alloc(8)
    header.writeUInt32BE(bytes - size, 0)
    header.write('free', 4, 'latin1')
    await file.write(header, 0, 8, size)
    await file.truncate(bytes)
  } finally {
    await file.close()
  }
  return path
}

const plain = ({ width, height }: Size) =>
  sharp({ create: { width, height, channels: 3, background: '#3d5a80' } })

export async function imageOf(folder: string, size: Size): Promise<string> {
  const path = join(folder, `${String(size.width)}x${String(size.height)}.png`)
  await plain(size).png({ compressionLevel: 1 }).toFile(path)
  return path
}

/** Stored lying, with the EXIF note that it is to be shown upright in this size. */
export async function turnedImageOf(folder: string, { width, height }: Size): Promise<string> {
  const path = join(folder, `turned-${String(width)}x${String(height)}.jpg`)
  await plain({ width: height, height: width }).jpeg().withMetadata({ orientation: 6 }).toFile(path)
  return path
}

/** A PNG with a private chunk of zeros before its end, so that the file has exactly so many bytes. */
export async function imageOfBytes(folder: string, bytes: number): Promise<string> {
  const path = join(folder, `${String(bytes)}-bytes.png`)
  const png = await readFile(await imageOf(folder, { width: 400, height: 600 }))
  const end = png.length - 12
  const data = Buffer.concat([Buffer.from('zzZz', 'latin1'), Buffer.alloc(bytes - png.length - 12)])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length - 4)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(data))
  await writeFile(path, Buffer.concat([png.subarray(0, end), frame, data, checksum, png.subarray(end)]))
  return path
}
