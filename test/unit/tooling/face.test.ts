import { describe, expect, it } from 'vitest'
import type { Machine } from '../../../scripts/lib/face.mjs'
import { chooseFace } from '../../../scripts/lib/face.mjs'
import { sandboxBlocked } from '../../../scripts/lib/sandbox.mjs'

const desktop: Machine = {
  platform: 'linux',
  env: { DISPLAY: ':0' },
  electron: { ok: true },
  sandboxBlocked: false,
  isRoot: false,
}

describe('the face that npm start opens', () => {
  it('is Electron where it can run', () => {
    expect(chooseFace(desktop, false)).toEqual({ face: 'electron' })
    expect(chooseFace({ ...desktop, env: { WAYLAND_DISPLAY: 'wayland-0' } }, false)).toEqual({
      face: 'electron',
    })
    expect(chooseFace({ ...desktop, platform: 'darwin', env: {} }, false)).toEqual({ face: 'electron' })
  })

  it('is the browser, with the reason, where the binary could not be had', () => {
    const electron = {
      ok: false,
      reason: 'github.com couldn’t be reached',
      on: '2026-01-31',
      waiting: false,
    } as const
    expect(chooseFace({ ...desktop, electron }, false)).toEqual({
      face: 'browser',
      why: 'Electron couldn’t be downloaded (github.com couldn’t be reached)',
    })
    expect(chooseFace({ ...desktop, electron: { ...electron, waiting: true } }, false)).toMatchObject({
      why: expect.stringMatching(/tried on 2026-01-31.*--retry/),
    })
  })

  it.each<[string, Partial<Machine>, RegExp]>([
    ['without a display', { env: {} }, /no display/],
    ['as root', { isRoot: true }, /root/],
    ['where the system forbids the sandbox', { sandboxBlocked: true }, /chrome-sandbox/],
  ])('is the browser %s', (_case, machine, why) => {
    expect(chooseFace({ ...desktop, ...machine }, false)).toEqual({
      face: 'browser',
      why: expect.stringMatching(why),
    })
  })

  it('is the browser without a reason when that was asked for', () => {
    expect(chooseFace(desktop, true)).toEqual({ face: 'browser', why: null })
  })
})

describe('the sandbox of Electron', () => {
  const restricted = (path: string) => {
    if (path.includes('apparmor')) return '1\n'
    throw new Error('no such switch')
  }
  const helper = (uid: number, mode: number) => () => ({ uid, mode })

  it('is free where no switch of the kernel is set', () => {
    expect(sandboxBlocked('/e/electron', () => '0\n'.replace('0', 'x'), helper(1000, 0o755))).toBe(false)
  })

  it('is blocked where the kernel forbids it and the helper has no rights', () => {
    expect(sandboxBlocked('/e/electron', restricted, helper(1000, 0o755))).toBe(true)
  })

  it('is free again once the helper belongs to root and runs as root', () => {
    expect(sandboxBlocked('/e/electron', restricted, helper(0, 0o104755))).toBe(false)
  })
})
