import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

/** A recording of a screen (TechSmith's codec), whose packets for “nothing changed” make no frame. */
const side = 340

const chunk = (type: string, content: Uint8Array) => {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}
const list = (type: string, ...parts: readonly Uint8Array[]) =>
  chunk('LIST', Buffer.concat([Buffer.from(type, 'latin1'), ...parts]))
const numbers = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, at) => bytes.writeUInt32LE(value, at * 4))
  return bytes
}

/** One grey level everywhere: each line is runs of up to 255 pixels, and an end. */
function plainPicture(level: number): Uint8Array {
  const runs = [255, side - 255].flatMap((count) => [count, level, level, level])
  const line = Buffer.from([...runs, 0, 0])
  return deflateSync(Buffer.concat([...Array.from({ length: side }, () => line), Buffer.from([0, 1])]))
}

const unchanged = new Uint8Array(8)

/** Packets at this many a second; `null` says that nothing changed. */
export async function screenAvi(
  folder: string,
  name: string,
  rate: number,
  levels: readonly (number | null)[],
): Promise<string> {
  const count = levels.length
  const fourcc = Buffer.from('tscc', 'latin1')
  const main = numbers(1e6 / rate, 0, 0, 0, count, 0, 1, 0, side, side, 0, 0, 0, 0)
  const stream = Buffer.concat([
    Buffer.from('vids', 'latin1'),
    fourcc,
    numbers(0, 0, 0, 1, rate, 0, count, 0, 0xffffffff, 0, 0, (side << 16) | side),
  ])
  const format = Buffer.concat([
    numbers(40, side, side, 1 | (24 << 16)),
    fourcc,
    numbers(side * side * 3, 0, 0, 0, 0),
  ])
  const packets = levels.map((level) => chunk('00dc', level === null ? unchanged : plainPicture(level)))
  const header = list('hdrl', chunk('avih', main), list('strl', chunk('strh', stream), chunk('strf', format)))
  const path = join(folder, name)
  await writeFile(
    path,
    chunk('RIFF', Buffer.concat([Buffer.from('AVI ', 'latin1'), header, list('movi', ...packets)])),
  )
  return path
}
