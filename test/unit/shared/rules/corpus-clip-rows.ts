import type { Orientation } from '../../../../src/shared/domain/take.ts'
import { atLeast, binding, frames, upTo, type Row } from './corpus-row.ts'
import type { Expected } from '../../../support/clips/expected-limits.ts'

const threeSeconds = binding(3)

export const clipRows = (expected: Expected, orientation: Orientation): readonly Row[] => {
  const longest = binding(expected.durationMax[orientation])
  return [
    ...(['mp4', 'mov'] as const).map((container): Row => ({
      rule: 'clip.format',
      what: container,
      clip: { container },
      level: 'pass',
    })),
    ...(['webm', 'mkv', 'avi'] as const).map((container): Row => ({
      rule: 'clip.format',
      what: container,
      clip: { container },
      level: 'error',
      fix: 're-encode',
    })),
    { rule: 'clip.codec', what: 'h264', clip: { codec: 'h264' }, level: 'pass' },
    ...['hevc', 'vp9', 'prores', 'av1'].map((codec): Row => ({
      rule: 'clip.codec',
      what: codec,
      clip: { codec },
      level: 'warning',
      fix: 're-encode',
    })),
    ...upTo('clip.bytes', expected.clipBytes, 1, (bytes) => ({ clip: { bytes } }), 'compress'),
    ...atLeast(
      'clip.side.min',
      expected.clipSideMin,
      1,
      (width) => ({ clip: { width, height: 1280 } }),
      'scale-up',
    ),
    ...atLeast(
      'clip.side.min',
      expected.clipSideMin,
      1,
      (height) => ({ clip: { width: 1280, height, rotation: 90 } }),
      'scale-up',
    ),
    ...upTo(
      'clip.side.max',
      expected.clipSideMax,
      1,
      (width) => ({ clip: { width, height: 2160 } }),
      'scale-down',
    ),
    ...upTo(
      'clip.side.max',
      expected.clipSideMax,
      1,
      (height) => ({ clip: { width: 2160, height, pixelAspect: 4 / 3 } }),
      'scale-down',
    ),
    ...atLeast('clip.duration.min', threeSeconds, 1 / 30, (seconds) => ({
      clip: frames(seconds),
    })),
    ...atLeast('clip.duration.min', threeSeconds, 1 / 30, (length) => ({
      clip: frames(60),
      length,
    })),
    ...upTo('clip.duration.max', longest, 1 / 30, (seconds) => ({ clip: frames(seconds) }), 'trim'),
    // A length of the user's own is never cut silently.
    ...upTo('clip.duration.max', longest, 1 / 30, (length) => ({
      clip: frames(60),
      length,
    })),
    ...[15, 24, 60, 120].map((frameRate): Row => ({
      rule: 'clip.frameRate',
      what: `${String(frameRate)} frames a second`,
      clip: { frameRate },
      level: 'info',
    })),
    { rule: 'clip.cuts', what: 'no cut', cuts: [], level: 'pass' },
    { rule: 'clip.cuts', what: 'one cut', cuts: [2], level: 'warning' },
    { rule: 'clip.cuts', what: 'a cut on the first frame', cuts: [0], level: 'pass' },
    {
      rule: 'clip.cuts',
      what: 'a cut behind the part',
      clip: frames(60),
      length: 4,
      cuts: [4],
      level: 'pass',
    },
  ]
}
