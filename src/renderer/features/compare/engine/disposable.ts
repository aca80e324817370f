/**
 * Which packets nothing refers to: their pictures can be left out on the way to another one, and every other picture is
 * decoded to the same pixels. Read from the headers of H.264 and HEVC; everything that is not certain is kept.
 *
 * Other codecs are left alone. A VP9 frame that refreshes no buffer may still change the probabilities, the segments and
 * the motion vectors that the next frame begins with. For AV1 the whole frame header has to be read to know.
 */

type Coding = Pick<VideoDecoderConfig, 'codec' | 'description'>

/** What a packet says about itself. `layer`: its temporal layer. */
type Reading = { readonly unreferred: boolean; readonly layer: number }

const kept: Reading = { unreferred: false, layer: 0 }

/** By packet, in the order of decoding. */
export function disposablePackets(
  { codec, description }: Coding,
  packets: readonly Uint8Array[],
): readonly boolean[] {
  const family = families.find(({ codecs }) => codecs.test(codec))
  if (family === undefined) return packets.map(() => false)
  const lengthSize = description === undefined ? null : family.lengthSize(bytesOf(description))
  const readings = packets.map((packet) => {
    const units = lengthSize === null ? unitsByStartCode(packet) : unitsByLength(packet, lengthSize)
    return units === null ? kept : family.read(units)
  })
  // Pictures of a higher layer may refer to one that those of its own layer don't refer to.
  const highest = Math.max(...readings.map(({ layer }) => layer))
  return readings.map(({ unreferred, layer }) => unreferred && layer === highest)
}

type Family = {
  readonly codecs: RegExp
  /** How many bytes say the length of a unit, by the record that the file keeps for decoders. */
  readonly lengthSize: (record: Uint8Array) => number
  readonly read: (units: readonly Uint8Array[]) => Reading
}

/** A header that says nothing keeps its packet. */
const at = (bytes: Uint8Array, index: number) => bytes[index] ?? 0xff

const families: readonly Family[] = [
  {
    codecs: /^avc[13]\./,
    lengthSize: (record) => (at(record, 4) & 3) + 1,
    read: (units) => {
      let slices = 0
      for (const unit of units) {
        const type = at(unit, 0) & 31
        const isReferred = (at(unit, 0) & 0x60) !== 0
        if (type === 1 && !isReferred) slices += 1
        // Messages, the mark of a new picture and filling. All else may matter to other pictures.
        else if (![6, 9, 12].includes(type)) return kept
      }
      return { unreferred: slices > 0, layer: 0 }
    },
  },
  {
    codecs: /^(?:hvc|hev)1\./,
    lengthSize: (record) => (at(record, 21) & 3) + 1,
    read: (units) => {
      let layer = 0
      let slices = 0
      let unreferred = true
      for (const unit of units) {
        const type = (at(unit, 0) >> 1) & 63
        // The picture of a second eye or of a finer size.
        if ((at(unit, 0) & 1) !== 0 || at(unit, 1) >> 3 !== 0) unreferred = false
        if (type < 32) {
          slices += 1
          layer = Math.max(layer, (at(unit, 1) & 7) - 1)
          // Up to 14, even types are of pictures that the same temporal layer doesn't refer to.
          if (type > 14 || type % 2 === 1) unreferred = false
        }
        // The mark of a new picture, filling, messages, and Dolby Vision’s colours.
        else if (![35, 38, 39, 40, 62].includes(type)) unreferred = false
      }
      return { unreferred: unreferred && slices > 0, layer }
    },
  },
]

const bytesOf = (source: AllowSharedBufferSource): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)

/** Null where the lengths don’t fit. */
function unitsByLength(packet: Uint8Array, lengthSize: number): readonly Uint8Array[] | null {
  const units: Uint8Array[] = []
  let place = 0
  while (place < packet.length) {
    let length = 0
    for (let nth = 0; nth < lengthSize; nth += 1) length = length * 256 + at(packet, place + nth)
    const end = place + lengthSize + length
    if (end > packet.length) return null
    if (length > 0) units.push(packet.subarray(place + lengthSize, end))
    place = end
  }
  return units
}

/** Annex B: a unit begins after the bytes 0, 0, 1. */
function unitsByStartCode(packet: Uint8Array): readonly Uint8Array[] {
  const begins: number[] = []
  for (let place = 2; place < packet.length; place += 1)
    if (packet[place] === 1 && packet[place - 1] === 0 && packet[place - 2] === 0) begins.push(place + 1)
  return begins.map((begin, nth) => packet.subarray(begin, begins[nth + 1] ?? packet.length))
}
