import { describe, expect, it } from 'vitest'
import { ffmpegArgs } from '../../src/main/media/ffmpeg.ts'
import { commandLine } from '../../src/main/media/media.ts'
import { progressReader, readProgress } from '../../src/main/media/tool-output.ts'

describe('the command lines of ffmpeg', () => {
  const args = ffmpegArgs({
    inputs: [{ path: '/clips/a b.mp4', options: ['-ss', '1'] }, { path: '/clips/-vf.mp4' }],
    graph: '[0:0]scale=2:2[v]',
    options: ['-map', '[v]', '-f', 'mp4'],
    target: '/out/%03d.mp4',
  })

  it('guard every input, before its name', () => {
    const inputs = args.flatMap((arg, index) => (arg === '-i' ? [index] : []))
    expect(inputs).toHaveLength(2)
    for (const [start, end] of [
      [0, inputs[0]],
      [inputs[0], inputs[1]],
    ] as const) {
      const before = args.slice(start, end)
      expect(before).toEqual(
        expect.arrayContaining(['-protocol_whitelist', '-format_whitelist', '-max_pixels']),
      )
      expect(before[before.indexOf('-protocol_whitelist') + 1]).toBe('file')
    }
  })

  it('never read the keyboard, never overwrite, and limit a single allocation', () => {
    expect(args).toEqual(expect.arrayContaining(['-nostdin', '-max_alloc', '-xerror']))
    expect(args).not.toContain('-y')
  })

  it('take every name literally', () => {
    expect(args).toEqual(
      expect.arrayContaining(['file:/clips/a b.mp4', 'file:/clips/-vf.mp4', 'file:/out/%03d.mp4']),
    )
  })

  it('keep a value with a space in one argument', () => {
    const spaced = ffmpegArgs({ inputs: [], options: ['-metadata', 'title=two words'], target: null })
    expect(spaced).toContain('title=two words')
  })

  it('can be copied into a shell', () => {
    expect(commandLine('/usr/bin/ffmpeg', ['-i', "file:/it's here/a.mp4"])).toBe(
      `/usr/bin/ffmpeg -i 'file:/it'\\''s here/a.mp4'`,
    )
  })
})

describe('progress', () => {
  it('is read from microseconds', () => {
    expect(readProgress('out_time_us=1500000', 3)).toBe(0.5)
    expect(readProgress('out_time_us=9000000', 3)).toBe(1)
  })

  it('says nothing where ffmpeg says nothing', () => {
    for (const line of ['out_time_us=N/A', 'out_time_us=-20000', 'out_time_ms=1500000', 'frame=3', ''])
      expect(readProgress(line, 3)).toBeNull()
  })

  it('only ever goes forward, even when lines come in pieces', () => {
    const seen: number[] = []
    const take = progressReader(10, (fraction) => seen.push(fraction))
    const feed = (text: string) => {
      take(new TextEncoder().encode(text))
    }
    feed('frame=1\nout_time_us=10')
    feed('00000\nout_time_us=500000\nout_time_')
    feed('us=4000000\n')
    expect(seen).toEqual([0.1, 0.4])
  })
})
