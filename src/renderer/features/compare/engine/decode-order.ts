import { momentTolerance, type Seconds } from '../../../../shared/units.ts'
import type { ClockStart } from '../../../../shared/domain/player-clock.ts'

/** One compressed picture, as far as order is concerned. */
export type PacketTiming = {
  /** When its picture is shown, on the clock of the file. */
  readonly time: Seconds
  /** Decoding can begin here. */
  readonly key: boolean
}

/** Which packet shows which frame. Packets count in the order of decoding, frames in the order in which they are shown. */
export type DecodeOrder = {
  readonly packetOf: readonly number[]
  /** By packet; null for one that is decoded and not shown. */
  readonly frameOf: readonly (number | null)[]
  /** Where decoding has to begin for each frame. */
  readonly keyOf: readonly number[]
}

/**
 * Matches packets to the frames that the core counted, by time and never by index: a cut file holds packets that are
 * decoded and not shown. Null where a frame has no packet, or none that decoding can begin with.
 */
export function orderPackets(
  packets: readonly PacketTiming[],
  frameTimes: readonly Seconds[],
  clockStart: ClockStart,
): DecodeOrder | null {
  const shown = packets.map(({ time }, packet) => ({ time, packet })).sort((a, b) => a.time - b.time)
  const packetOf =
    matched(shown, frameTimes, clockStart) ??
    matched(shown, frameTimes, clockStart + cutWithin(shown, frameTimes, clockStart))
  if (packetOf === null) return null
  const frameOf: (number | null)[] = packets.map(() => null)
  for (const [frame, packet] of packetOf.entries()) frameOf[packet] = frame
  const keyOf = packetOf.map((packet) => keyBefore(packets, packet))
  return keyOf.includes(-1) ? null : { packetOf, frameOf, keyOf }
}

type TimedPacket = { readonly time: Seconds; readonly packet: number }

/** The packet of every frame, where the first frame is at `start` on the clock of the packets. */
function matched(
  shown: readonly TimedPacket[],
  frameTimes: readonly Seconds[],
  start: Seconds,
): readonly number[] | null {
  const packetOf: number[] = []
  let next = 0
  for (const frameTime of frameTimes) {
    const wanted = frameTime + start
    while (next < shown.length && (shown[next]?.time ?? Infinity) < wanted - momentTolerance) next += 1
    const found = shown[next]
    if (found === undefined || found.time > wanted + momentTolerance) return null
    packetOf.push(found.packet)
    next += 1
  }
  return packetOf
}

/**
 * How long after its cut the first frame of a file begins. An edit list may cut in the middle of a frame: ffmpeg, and
 * with it the core and the players of Chromium, leave that frame out and move the next one to the beginning
 * (`mov_fix_index`: “Offset DTS to make first pts zero”), while the packets keep the times of the edit list.
 */
function cutWithin(
  shown: readonly TimedPacket[],
  frameTimes: readonly Seconds[],
  clockStart: ClockStart,
): Seconds {
  const [first = 0, second = first] = frameTimes
  const begins = first + clockStart
  const next = shown.findIndex(({ time }) => time >= begins - momentTolerance)
  const late = (shown[next]?.time ?? begins) - begins
  // Only behind a frame that was left out, and by less than a frame.
  return next > 0 && late < second - first ? late : 0
}

/** The most frames that have to be decoded for one of them. */
export const longestGroup = ({ packetOf, keyOf }: DecodeOrder): number =>
  packetOf.reduce((longest, packet, frame) => Math.max(longest, packet - (keyOf[frame] ?? 0) + 1), 0)

/**
 * The last key packet from which this one can be decoded, or -1. A key that is shown later than the packet is no
 * beginning for it: the pictures between them refer to what came before that key.
 */
function keyBefore(packets: readonly PacketTiming[], packet: number): number {
  const time = packets[packet]?.time ?? 0
  for (let key = packet; key >= 0; key -= 1) {
    const candidate = packets[key]
    if (candidate?.key === true && candidate.time <= time) return key
  }
  return -1
}
