import { describe, expect, it } from 'vitest'
import { flagsFor } from '../../../../src/main/cli/flags-for.ts'
import { aCharacter, aClip } from '../../../support/clips/facts.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

const files = {
  '/place/face.jpg': aCharacter(),
  '/place/dance.mp4': aClip(),
  '/place/long.mp4': aClip({ duration: 20, frames: 600 }),
  '/place/short.mp4': aClip({ duration: 2, frames: 60 }),
  '/place/hevc.mp4': aClip({ codec: 'hevc' }),
  '/place/blink.mp4': aClip({ duration: 0.5, frames: 15 }),
  '/place/\u001b[31mred.mp4': aCharacter(),
}
const check = (clip: string, ...more: string[]) =>
  understudy(['check', '--character', 'face.jpg', '--clip', clip, ...more], { studio: fakeStudio({ files }) })

describe('check', () => {
  it('prints exactly the documented object', async () => {
    const { code, stdout, stderr } = await check('dance.mp4', '--json')
    const report = JSON.parse(stdout) as Record<string, unknown>
    expect([code, stderr]).toEqual([0, ''])
    expect(Object.keys(report)).toEqual([
      'provider',
      'model',
      'orientation',
      'verdict',
      'findings',
      'plan',
      'facts',
    ])
    expect(report).toMatchObject({
      provider: 'practice',
      verdict: 'ready',
      facts: { character: { kind: 'character' }, clip: { kind: 'clip', duration: 6 } },
    })
    expect(report['findings']).toContainEqual(
      expect.objectContaining({ rule: 'clip.duration.min', level: 'pass', measured: 6, limit: 3, unit: 's' }),
    )
  })

  it('says what the plan would do about a clip that is too long', async () => {
    const { code, stdout } = await check('long.mp4', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      plan: expect.arrayContaining([{ step: 'trim', why: expect.any(String), cost: expect.any(String) }]),
    })
  })

  it('never says that files fit as they are while something is planned for them', async () => {
    expect((await check('hevc.mp4')).stdout).toContain(
      'Ready: Understudy will make the inputs fit as planned.',
    )
  })

  it('names the in-point that lies behind the end of the clip', async () => {
    const { code, stderr } = await check('short.mp4', '--in', '17')
    expect(code).toBe(4)
    expect(stderr).toContain('The clip ends at 2 s; the in-point at 17 s is after its end.')
    const long = await check('long.mp4', '--in', '170')
    expect(long.code).toBe(3)
    const behind = { target: 'clip', level: 'error', limit: 3, unit: 's', message: '' } as const
    expect(flagsFor([{ ...behind, rule: 'clip.duration.min', measured: 0 }])).toBe('Choose an earlier --in.')
  })

  it('still prints the findings of what it refuses, with exit 4', async () => {
    const { code, stdout, stderr } = await check('blink.mp4', '--json')
    expect(code).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'refused' })
    expect(stderr).toContain('0.5 s; it must be at least 3 s')
  })

  it('puts the measured value beside the limit, with marks at a terminal and words elsewhere', async () => {
    const plain = await check('short.mp4')
    expect(plain.stdout).toMatch(/^error +clip\.duration\.min +2 s +limit 3 s/m)
    const argv = ['check', '--character', 'face.jpg', '--clip', 'short.mp4']
    const terminal = await understudy(argv, { studio: fakeStudio({ files }), isTTY: true })
    expect(terminal.stdout).toMatch(/^✗ +clip\.duration\.min +2 s +limit 3 s/m)
    expect(terminal.stdout).toMatch(/^✓ /m)
  })

  it('does not let a file name speak to the terminal', async () => {
    const { stderr } = await check('\u001b[31mred.mp4')
    expect(stderr).toContain('red.mp4 is an image')
    expect(stderr).not.toContain('\u001b')
  })

  it('does not open the library', async () => {
    const { code } = await understudy(['check', '--character', 'face.jpg', '--clip', 'dance.mp4'], {
      studio: fakeStudio({ files }),
      openStudio: () => Promise.reject(new Error('opened')),
    })
    expect(code).toBe(0)
  })
})

describe('providers', () => {
  it('lists every model with its price, without the library', async () => {
    const { code, stdout } = await understudy(['providers'], {
      openStudio: () => Promise.reject(new Error('opened')),
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^practice +practice +image 10, video 30 +100 MB +10 MB +.*std free, pro free/m)
    expect(stdout).toMatch(/^kling +kling-v3 +.*element, watermark, callback +std 0\.126, pro 0\.168/m)
  })

  it('gives programs the rules as they are', async () => {
    const { stdout } = await understudy(['providers', '--json'])
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ id: 'practice', practice: true }))
  })
})

describe('what nobody expected', () => {
  it('is told as a problem of this machine, with what to do', async () => {
    const { code, stdout, stderr } = await understudy(['takes', 'list', '--json'], {
      openStudio: () => Promise.reject(new Error('the roof fell in')),
    })
    expect([code, stdout]).toEqual([7, ''])
    expect(stderr).toContain('Something went wrong inside Understudy.')
    expect(stderr).toContain('the roof fell in')
  })
})
