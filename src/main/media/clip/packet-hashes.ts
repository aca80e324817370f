import { createLineReader } from '../lines.ts'
import { textIn, type ProbeItem } from '../probe/probe-items.ts'

/** ffmpeg's list of every coded packet with its hash, and of what a decoder is told before the first of each track. */
export const hashOptions: readonly string[] = [
  ...['-c', 'copy', '-flush_packets', '1', '-f', 'framehash', '-hash', 'murmur3'],
]

/** `#extradata 0, 48, hash`, or `0, dts, pts, duration, size, hash`. */
const line = /^(#extradata )?(\d+),.*,\s*([0-9a-f]+)\s*$/

export type HashReader = {
  readonly take: (chunk: Uint8Array) => void
  /** Two files with the same answer hold the same packets in the same order on every track. */
  readonly close: () => string
}

const inOrder = (tracks: ReadonlyMap<string, readonly string[]>): string =>
  [...tracks]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([track, hashes]) => `${track}: ${hashes.join(' ')}`)
    .join('\n')

/** `onPacket` hears how many packets of the first track have come. */
export function createHashReader(onPacket: (count: number) => void = () => undefined): HashReader {
  const tracks = new Map<string, string[]>()
  let count = 0

  const readOne = (text: string) => {
    const [, extra, track, hash] = line.exec(text) ?? []
    if (track === undefined || hash === undefined) return
    const hashes = tracks.get(track) ?? []
    hashes.push(hash)
    tracks.set(track, hashes)
    if (track !== '0' || extra !== undefined) return
    count += 1
    onPacket(count)
  }
  const lines = createLineReader(readOne)
  return {
    take: lines.take,
    close: () => {
      lines.close()
      return inOrder(tracks)
    },
  }
}

/** The same of a finished file, from ffprobe, which starts in a quarter of the time. */
export const probedHashes = {
  options: ['-show_data_hash', 'murmur3'],
  entries: 'packet=stream_index,data_hash:stream=index,extradata_hash',
} as const

const hashIn = (item: ProbeItem, key: string) => /^murmur3:([0-9a-f]+)$/.exec(textIn(item, key) ?? '')?.[1]

/** Takes what ffprobe tells of packets and tracks; `close` answers as `HashReader.close` does. */
export function createProbedHashReader(): {
  readonly take: (list: string, item: ProbeItem) => void
  readonly close: () => string
} {
  const tracks = new Map<string, string[]>()
  return {
    take: (list, item) => {
      const isTrack = list === 'streams'
      const track = textIn(item, isTrack ? 'index' : 'stream_index')
      const hash = hashIn(item, isTrack ? 'extradata_hash' : 'data_hash')
      if (track === undefined || hash === undefined) return
      const hashes = tracks.get(track) ?? []
      // ffprobe tells of the tracks when it has seen all packets.
      if (isTrack) hashes.unshift(hash)
      else hashes.push(hash)
      tracks.set(track, hashes)
    },
    close: () => inOrder(tracks),
  }
}
