import { describe, expect, it } from 'vitest'
import type { ClipFacts, ClipWindow } from '../../../../src/shared/domain/media.ts'
import { defaultFit, type TakeSettings } from '../../../../src/shared/domain/take.ts'
import { findModel } from '../../../../src/shared/rules/models.ts'
import { fitsUntouched } from '../../../../src/shared/rules/recoding.ts'
import { aClip, someSettings } from '../../../support/clips/facts.ts'

const rules = findModel('kling', 'kling-v3')
if (!rules) throw new Error('the official model is gone')

const fits = (
  clip: Partial<ClipFacts> = {},
  settings: Partial<TakeSettings> = {},
  asked: ClipWindow = { start: 0, length: null },
) =>
  fitsUntouched(
    { character: null, clip: aClip(clip), asked, settings: someSettings(settings), scan: null },
    rules,
  )

const aac = { codec: 'aac', channels: 2, sampleRate: 44_100 }

describe('a clip can be sent as it is', () => {
  it('where it is plain H.264 within every limit', () => {
    expect(fits()).toBe(true)
    expect(fits({ container: 'mov' })).toBe(true)
    expect(fits({ profile: 'Constrained Baseline' })).toBe(true)
    expect(fits({ audio: aac, audioTracks: 1 })).toBe(true)
  })

  it('where the whole of it is asked for in numbers', () => {
    expect(fits({}, {}, { start: 0, length: 6 })).toBe(true)
    expect(fits({}, {}, { start: 0, length: 8 })).toBe(true)
  })

  it('where sound that would have to be coded again is not wanted anyway', () => {
    const audio = { codec: 'pcm_s16le', channels: 2, sampleRate: 48_000 }
    expect(fits({ audio }, { keepSound: false })).toBe(true)
    expect(fits({ audio }, { keepSound: true })).toBe(false)
  })
})

describe('a clip is coded again', () => {
  const changes: Readonly<Record<string, Partial<ClipFacts>>> = {
    'in another container': { container: 'mkv' },
    'of another codec': { codec: 'hevc' },
    'of another profile': { profile: 'High 4:2:2', pixelFormat: 'yuv422p' },
    'in full range': { pixelFormat: 'yuvj420p' },
    'in ten bits': { bitDepth: 10, pixelFormat: 'yuv420p10le', profile: 'High 10' },
    'in HDR': { hdr: 'hlg' },
    'that is interlaced': { interlaced: true },
    'that is turned': { rotation: 90 },
    'that is mirrored': { placement: 'flipped' },
    'that players are told to show in a way they ignore': { placement: 'ignored' },
    'with wide pixels': { pixelAspect: 4 / 3 },
    'with an odd side': { width: 721 },
    'with an uneven pace': { variableFrameRate: true },
    'that is too fast': { frameRate: 120 },
    'with hidden packets': { hiddenPackets: 3 },
    'that is cut by an edit list': { editList: true },
    'that is too heavy': { bytes: 200_000_000 },
    'that is too small': { width: 320, height: 180 },
    'that is too large': { width: 4096, height: 2160 },
    'that is too short': { duration: 2, frames: 60 },
    'that is too long': { duration: 60, frames: 1800 },
    'with six channels of sound': { audio: { ...aac, channels: 6 } },
  }
  it.each(Object.entries(changes))('%s', (_what, change) => {
    expect(fits(change, { keepSound: true })).toBe(false)
  })

  it('where only a part of it is performed', () => {
    expect(fits({}, {}, { start: 0.5, length: null })).toBe(false)
    expect(fits({}, {}, { start: 0, length: 5 })).toBe(false)
  })

  it('where it is too short, whatever is done about that', () => {
    const fit = { ...defaultFit, short: 'loop' } as const
    expect(fits({ duration: 2, frames: 60 }, { fit })).toBe(false)
  })
})
