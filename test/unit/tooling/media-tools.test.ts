import { describe, expect, it } from 'vitest'
import { chooseFfmpeg, findMediaTools, majorVersion } from '../../../scripts/lib/media-tools.mjs'

const fetched = { path: 'f', from: 'ffmpeg-static' }
const shipped = { path: 's', from: '@ffmpeg-installer/ffmpeg' }
const onPath = (major: number | null) => ({ path: 'p', from: 'PATH', major })

describe('which ffmpeg is used', () => {
  it('is the fetched one where it could be had', () => {
    expect(chooseFfmpeg({ fetched, onPath: onPath(7), shipped })).toBe(fetched)
  })

  it('is the one on PATH from version 5 on', () => {
    expect(chooseFfmpeg({ fetched: null, onPath: onPath(5), shipped })?.from).toBe('PATH')
  })

  it.each([4, null])('is the one shipped through npm when PATH has version %s', (major) => {
    expect(chooseFfmpeg({ fetched: null, onPath: onPath(major), shipped })).toBe(shipped)
  })

  it('is an old one rather than none', () => {
    expect(chooseFfmpeg({ fetched: null, onPath: onPath(4), shipped: null })?.from).toBe('PATH')
    expect(chooseFfmpeg({ fetched: null, onPath: null, shipped: null })).toBeNull()
  })

  it.each([
    ['ffmpeg version 5.1.9-0+deb12u1 Copyright', 5],
    ['ffmpeg version n7.0.2 Copyright', 7],
    ['ffmpeg version N-47683-g0e8eb07980-static', null],
    ['', null],
  ])('reads its version from "%s"', (line, major) => {
    expect(majorVersion(line)).toBe(major)
  })

  it('is found on this machine, with its ffprobe', async () => {
    const { ffmpeg, ffprobe } = await findMediaTools(false)
    expect(ffmpeg).not.toBeNull()
    expect(ffprobe).not.toBeNull()
  })
})
