import { crc32, deflateSync } from 'node:zlib'

/*
 * Colour profiles of ICC.1:2001-04, the plainest there are: three primaries or one grey, and a power as the curve.
 */
const fixed = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, nth) => bytes.writeInt32BE(Math.round(value * 65_536), nth * 4))
  return bytes
}
const element = (type: string, ...parts: readonly Uint8Array[]) =>
  Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...parts])
const xyz = (...values: readonly number[]) => element('XYZ ', fixed(...values))
const curve = (power: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(1)
  bytes.writeUInt16BE(Math.round(power * 256), 4)
  return element('curv', bytes)
}
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const named = (name: string) =>
  element('desc', u32(name.length + 1), Buffer.from(`${name}\0`, 'latin1'), Buffer.alloc(79))

const white = [0.9642, 1, 0.8249]

function profile(colours: 'RGB ' | 'GRAY', elements: Readonly<Record<string, Buffer>>): Buffer {
  const list = Object.entries(elements)
  let at = 128 + 4 + list.length * 12
  const table = [u32(list.length)]
  const bodies: Buffer[] = []
  for (const [name, body] of list) {
    table.push(Buffer.from(name, 'latin1'), u32(at), u32(body.length))
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
    bodies.push(padded)
    at += padded.length
  }
  const head = Buffer.alloc(128)
  head.writeUInt32BE(at)
  head.writeUInt32BE(0x02_10_00_00, 8)
  head.write(`mntr${colours}XYZ `, 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  fixed(...white).copy(head, 68)
  return Buffer.concat([head, ...table, ...bodies])
}

const coloured = (name: string, power: number, [red, green, blue]: readonly (readonly number[])[]) =>
  profile('RGB ', {
    ...{ desc: named(name), wtpt: xyz(...white) },
    ...{ rXYZ: xyz(...(red ?? [])), gXYZ: xyz(...(green ?? [])), bXYZ: xyz(...(blue ?? [])) },
    ...{ rTRC: curve(power), gTRC: curve(power), bTRC: curve(power) },
  })

export const adobeRgb = coloured('Adobe RGB (1998)', 2.19921875, [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
])
export const displayP3 = coloured('Display P3, power 2.2', 2.19921875, [
  [0.51512, 0.2412, -0.00105],
  [0.29198, 0.69225, 0.04189],
  [0.1571, 0.06657, 0.78407],
])
/** The primaries of sRGB without its curve. */
export const linearRgb = coloured('Linear', 1, [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
])
export const greyPower18 = profile('GRAY', { desc: named('Grey 1.8'), wtpt: xyz(...white), kTRC: curve(1.8) })

/** The same PNG with a profile behind its header. */
export function withProfile(png: Buffer, icc: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPx\0\0', 'latin1'), deflateSync(icc)])
  const behindHeader = 33
  return Buffer.concat([
    png.subarray(0, behindHeader),
    u32(body.length - 4),
    body,
    u32(crc32(body)),
    png.subarray(behindHeader),
  ])
}
