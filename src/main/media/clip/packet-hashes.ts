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

/** `onPacket` hears how many packets of the first track have come. */
export function createHashReader(onPacket: (count: number) => void = () => undefined): HashReader {
  const decoder = new TextDecoder()
  const tracks = new Map<string, string[]>()
  let rest = ''
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
  return {
    take: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(readOne)
    },
    close: () => {
      readOne(rest)
      const sorted = [...tracks].sort(([one], [other]) => Number(one) - Number(other))
      return sorted.map(([track, hashes]) => `${track}: ${hashes.join(' ')}`).join('\n')
    },
  }
}
