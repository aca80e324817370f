import { describe, expect, it } from 'vitest'
import { createHashReader, readProbedHashes } from '../../../../src/main/media/clip/packet-hashes.ts'

/** As ffmpeg's framehash muxer and ffprobe print the same two tracks. */
const listed = [
  '#hash: murmur3',
  '#extradata 0,                              48, aa00',
  '#extradata 1,                               5, bb00',
  '#stream#, dts,        pts, duration,     size, hash',
  '0,          0,          0,      512,    58589, aa01',
  '1,          0,          0,     1024,      321, bb01',
  '0,        512,        512,      512,     4711, aa02',
].join('\n')
const probed = [
  'packet|stream_index=0|data_hash=murmur3:aa01',
  'packet|stream_index=0|data_hash=murmur3:aa02',
  'packet|stream_index=1|data_hash=murmur3:bb01',
  'stream|index=0|extradata_hash=murmur3:aa00',
  'stream|index=1|extradata_hash=murmur3:bb00',
].join('\n')

function read(text: string): string {
  const reader = createHashReader()
  const bytes = new TextEncoder().encode(text)
  // In pieces, as a pipe hands them over.
  for (let at = 0; at < bytes.length; at += 7) reader.take(bytes.slice(at, at + 7))
  return reader.close()
}

describe('hashes of packets', () => {
  it('are the same of what was decoded and of the file, however the tracks are interleaved', () => {
    expect(readProbedHashes(probed)).toBe(read(listed))
  })

  it('differ where a packet is missing, swapped or changed, or a decoder is told something else', () => {
    const whole = read(listed)
    const [first, second, ...others] = probed.split('\n')
    const changed = [
      probed.replace('aa02', 'aa03'),
      [second, first, ...others].join('\n'),
      [second, ...others].join('\n'),
      probed.replace('bb00', 'bb0f'),
      '',
    ]
    for (const other of changed) expect(readProbedHashes(other)).not.toBe(whole)
  })
})
