import { describe, expect, it } from 'vitest'
import {
  createHashReader,
  createProbedHashReader,
} from '../../../../src/main/media/clip/encode-and-verify.ts'
import { createItemReader } from '../../../../src/main/media/probe/probe-items.ts'

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
/** ffprobe's JSON of the same; what a container says beside the packets may come with a hash of its own. */
const probed = [
  '{',
  '    "packets": [',
  '        { "stream_index": 0, "data_hash": "murmur3:aa01" },',
  '        { "stream_index": 0, "data_hash": "murmur3:aa02",',
  '            "side_data_list": [',
  '                { "side_data_type": "Stereo 3D", "data_hash": "murmur3:ffff" }',
  '            ] },',
  '        { "stream_index": 1, "data_hash": "murmur3:bb01" }',
  '    ],',
  '    "programs": [',
  '',
  '    ],',
  '    "streams": [',
  '        { "index": 0, "extradata_hash": "murmur3:aa00",',
  '            "side_data_list": [',
  '                {  }',
  '            ] },',
  '        { "index": 1, "extradata_hash": "murmur3:bb00" }',
  '    ]',
  '}',
].join('\n')

function readProbedHashes(text: string): string {
  const hashes = createProbedHashReader()
  const items = createItemReader(hashes.take)
  items.take(new TextEncoder().encode(text))
  items.close()
  return hashes.close()
}

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
    const changed = [
      probed.replace('aa02', 'aa03'),
      probed.replace('aa01', 'aa0x').replace('aa02', 'aa01').replace('aa0x', 'aa02'),
      probed.replace('        { "stream_index": 0, "data_hash": "murmur3:aa01" },\n', ''),
      probed.replace('bb00', 'bb0f'),
      '',
    ]
    for (const other of changed) expect(readProbedHashes(other)).not.toBe(whole)
  })
})
