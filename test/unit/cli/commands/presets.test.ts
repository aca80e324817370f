import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../../src/main/cli/arguments.ts'
import { builtInPresets, presetOf, withoutPreset, withPreset } from '../../../../src/shared/domain/preset.ts'
import { modelRules } from '../../../../src/shared/rules/models.ts'
import { defaultSettings, readSettings } from '../../../../src/shared/domain/settings.ts'
import { defaultTakeSettings } from '../../../../src/shared/domain/take.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

const phone = {
  name: 'Phone',
  choices: {
    provider: 'kling',
    model: 'kling-v3',
    orientation: 'video' as const,
    mode: 'pro' as const,
    keepSound: false,
    fit: { ...defaultTakeSettings.fit, short: 'loop' as const },
  },
}

const read = (...argv: string[]) => {
  const reading = readArguments({
    argv: [...argv, '--character', 'f.jpg', '--clip', 'c.mp4'],
    cwd: '/place',
    version: '1',
    presets: () => [phone],
  })
  if (reading.kind !== 'invocation') return reading
  const { request } = reading.invocation
  return 'settings' in request ? request.settings : request
}

describe('--preset', () => {
  it('fills in what the command line leaves open', () => {
    expect(read('check', '--preset', 'phone')).toMatchObject(phone.choices)
  })

  it('gives way to what is said beside it', () => {
    expect(
      read('check', '--preset', 'phone', '--orientation', 'image', '--sound', 'yes', '--mode', 'std'),
    ).toMatchObject({ ...phone.choices, orientation: 'image', keepSound: true, mode: 'std' })
  })

  it('keeps nothing of a model that another provider does not have', () => {
    expect(read('check', '--preset', 'phone', '--provider', 'oxen')).toMatchObject({
      provider: 'oxen',
      model: 'kling-video-v3-pro-motion-control',
      mode: 'pro',
      orientation: 'video',
    })
  })

  it('knows one for each model without any setting', () => {
    for (const { name, choices } of builtInPresets(modelRules))
      expect(read('check', '--preset', name)).toMatchObject(choices)
  })

  it('that nobody knows is a mistake', () => {
    expect(read('check', '--preset', 'nobody')).toMatchObject({
      kind: 'mistake',
      problem: { message: 'There is no preset “nobody”.' },
    })
  })
})

describe('--background', () => {
  it('takes a colour of three digits for the one of six', () => {
    expect(read('check', '--background', '#F0a')).toMatchObject({ fit: { background: '#ff00aa' } })
    expect(read('check', '--background', '#ff')).toMatchObject({ kind: 'mistake' })
  })
})

describe('presets', () => {
  it('are listed, kept and removed', async () => {
    const studio = fakeStudio()
    const kept: unknown[] = []
    const settings = {
      ...studio.settings,
      read: () => ({ ...defaultSettings, presets: [phone] }),
      change: (change: object) => {
        kept.push(change)
        return defaultSettings
      },
    }
    const own = { studio: { ...studio, settings } }
    const list = await understudy(['presets', 'list', '--json'], own)
    expect(JSON.parse(list.stdout)).toContainEqual(phone)
    const save = ['presets', 'save', 'PHONE', '--preset', 'phone', '--sound', 'yes']
    expect((await understudy([...save, '--replace'], own)).code).toBe(0)
    expect((await understudy(['presets', 'remove', 'phone'], own)).code).toBe(0)
    expect(kept).toEqual([
      { presets: [{ name: 'PHONE', choices: { ...phone.choices, keepSound: true } }] },
      { presets: [] },
    ])
    expect(await understudy(['presets', 'remove', 'nobody'], own)).toMatchObject({ code: 2 })
    expect(await understudy(['presets', 'save', 'a/b'], own)).toMatchObject({ code: 2 })
  })

  it('of one name never give way unasked', async () => {
    const studio = fakeStudio()
    const kept: unknown[] = []
    const settings = {
      ...studio.settings,
      read: () => ({ ...defaultSettings, presets: [phone] }),
      change: (change: object) => {
        kept.push(change)
        return defaultSettings
      },
    }
    const { code, stderr } = await understudy(['presets', 'save', 'PHONE'], {
      studio: { ...studio, settings },
    })
    expect([code, kept]).toEqual([2, []])
    expect(stderr).toBe(
      'You already have a preset “Phone”. Choose another name, or replace it with --replace.\n',
    )
  })

  it.each([
    ['--crop', '0,0,0.5,1'],
    ['--prompt', 'slowly'],
    ['--element', '7'],
    ['--base-url', 'https://example.com'],
  ])('are not kept without a word about %s, which they would lose', async (flag, value) => {
    expect(await understudy(['presets', 'save', 'wide', flag, value])).toMatchObject({
      code: 2,
      stderr: `A preset can’t store ${flag}. Set it for each take instead. Remove it.\n`,
    })
    expect((await understudy(['presets', 'save', '--help'])).stdout).not.toContain(flag)
  })

  it('are listed with how they make files fit', async () => {
    const studio = fakeStudio()
    const settings = { ...studio.settings, read: () => ({ ...defaultSettings, presets: [phone] }) }
    const { stdout } = await understudy(['presets', 'list'], { studio: { ...studio, settings } })
    expect(stdout).toMatch(/^NAME .* SHORT +ASPECT +BACKGROUND$/m)
    expect(stdout).toMatch(/^Phone .* loop +pad +#ffffff$/m)
  })

  it('that are odd cost the others nothing', () => {
    expect(readSettings({ presets: [phone, { name: 'odd' }, 7] }).presets).toEqual([phone])
    expect(readSettings({ presets: 'none' }).presets).toEqual([])
  })

  it('leave out the frame over the picture that lay there', () => {
    const crop = { x: 0, y: 0, width: 0.5, height: 1 }
    const made = presetOf(' wide ', { ...defaultTakeSettings, fit: { ...defaultTakeSettings.fit, crop } })
    expect(made).toMatchObject({ ok: true, value: { name: 'wide', choices: { fit: { crop: null } } } })
  })

  it('are at most a hundred, and one of the same name gives way', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...phone, name: `p${String(index)}` }))
    expect(withPreset(many, phone)).toMatchObject({ ok: false })
    expect(withPreset(many, { ...phone, name: 'P7' })).toMatchObject({ ok: true })
    expect(withoutPreset(many, 'nobody')).toBeNull()
  })
})
