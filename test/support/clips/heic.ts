import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * HEIC files put together from coded tiles of one colour, 64 × 64 pixels each. The tiles were drawn for these tests and
 * coded once with heif-enc 1.15.1 (x265 3.5, quality 50), because neither ffmpeg nor the picture library writes HEIC.
 */
const tiles = {
  red: 'AAAAGSgBrxOA5qhw0//+JpR//Trnh+nl0tJ5v3w=',
  green: 'AAAAGSgBrxOA5qhw07/7wUf/6Smr/5s7y0nm/fA=',
  blue: 'AAAAGSgBrxOA5TPAn//4ZCiv/gIdX+/UK1Q9T4A=',
  white: 'AAAAEigBrxOA5shoU+ofumXflGGjmA==',
  deepOrange: 'AAAAGCgBrxOA5TPhvf/qOo//4ejPD9DJmtUDPw==',
} as const
export type Tile = keyof typeof tiles

const eightBit =
  'AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQA=='
const tenBit =
  'AQQIAAAAAAAAAAAAHvAA/P36+gAADwMgAAEAF0ABDAH//wQIAAADAJ24AAADAAAeugJAIQABACpCAQEECAAAAwCduAAAAwAAHqAggQTZbqSSmubgQEDAgAAAAwCAAAADAIQiAAEAB0QBwXKwIkA='

const tileSide = 64

const u8 = (...values: number[]) => Buffer.from(values)
const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
const box = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body])
}
const full = (type: string, version: number, ...parts: readonly Uint8Array[]) =>
  box(type, u8(version, 0, 0, 0), ...parts)

export type HeicPlan = {
  /** Row by row; one tile alone stands for itself, more make a grid. */
  readonly tiles: readonly (readonly Tile[])[]
  /** Quarter turns against the clock that a viewer applies. */
  readonly turns?: number
  readonly profile?: Uint8Array
  /** What the file claims to be wide and high, whatever its tiles are. */
  readonly claimed?: { readonly width: number; readonly height: number }
  /** Other pictures that stand before the one to be shown. */
  readonly before?: readonly Tile[]
  /** A grid whose only tile is the grid itself. */
  readonly endless?: boolean
  /** Planted behind the picture's own parts. */
  readonly words?: string
}

type Item = {
  readonly type: 'hvc1' | 'grid'
  readonly data: Uint8Array
  /** Numbers of properties, from 1. */
  readonly properties: readonly number[]
}

const pixi = (depth: number) => full('pixi', 0, u8(3, depth, depth, depth))
const ispe = (width: number, height: number) => full('ispe', 0, u32(width), u32(height))

function heic({
  tiles: rows,
  turns,
  profile,
  claimed,
  before = [],
  endless = false,
  words,
}: HeicPlan): Buffer {
  const columns = rows[0]?.length ?? 0
  const size = claimed ?? { width: columns * tileSide, height: rows.length * tileSide }
  const properties = [
    box('hvcC', Buffer.from(eightBit, 'base64')),
    box('hvcC', Buffer.from(tenBit, 'base64')),
    ispe(tileSide, tileSide),
    ispe(size.width, size.height),
    pixi(8),
    pixi(10),
    ...(turns === undefined ? [] : [box('irot', u8(turns))]),
    ...(profile ? [box('colr', Buffer.from('prof', 'latin1'), profile)] : []),
  ]
  const shown = Array.from({ length: properties.length - 6 }, (_, nth) => nth + 7)
  const coded = (tile: Tile, alone: boolean): Item => ({
    type: 'hvc1',
    data: Buffer.from(tiles[tile], 'base64'),
    properties: [...(tile === 'deepOrange' ? [2, 6] : [1, 5]), alone ? 4 : 3, ...(alone ? shown : [])],
  })
  const listed = rows.flat()
  const isGrid = endless || listed.length > 1
  const parts = listed.map((tile) => coded(tile, !isGrid))
  const grid: Item = {
    type: 'grid',
    data: Buffer.concat([u8(0, 1, rows.length - 1, columns - 1), u32(size.width), u32(size.height)]),
    properties: [4, 5, ...shown],
  }
  const others = before.map((tile) => coded(tile, false))
  const items = [...others, ...(isGrid ? [grid, ...(endless ? [] : parts)] : parts)]
  const primary = others.length + 1
  const children = endless ? [primary] : parts.map((_, nth) => primary + 1 + nth)
  const tell = (offset: number) => {
    let at = offset
    const places = items.map(({ data }, nth) => {
      const place = Buffer.concat([u16(nth + 1), u16(0), u16(1), u32(at), u32(data.length)])
      at += data.length
      return place
    })
    return full(
      'meta',
      0,
      full('hdlr', 0, u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
      full('pitm', 0, u16(primary)),
      full('iloc', 0, u8(0x44, 0), u16(items.length), ...places),
      full(
        'iinf',
        0,
        u16(items.length),
        ...items.map(({ type }, nth) =>
          full('infe', 2, u16(nth + 1), u16(0), Buffer.from(type, 'latin1'), u8(0)),
        ),
      ),
      ...(isGrid
        ? [full('iref', 0, box('dimg', u16(primary), u16(children.length), ...children.map(u16)))]
        : []),
      box(
        'iprp',
        box('ipco', ...properties),
        full(
          'ipma',
          0,
          u32(items.length),
          ...items.map((item, nth) =>
            Buffer.concat([u16(nth + 1), u8(item.properties.length, ...item.properties)]),
          ),
        ),
      ),
    )
  }
  const head = box('ftyp', Buffer.from('heic\0\0\0\0mif1heicmiaf', 'latin1'))
  const start = head.length + tell(0).length + 8
  return Buffer.concat([
    head,
    tell(start),
    box('mdat', ...items.map(({ data }) => data)),
    ...(words === undefined ? [] : [box('free', Buffer.from(words))]),
  ])
}

export async function heicFile(folder: string, name: string, plan: HeicPlan): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, heic(plan))
  return path
}
