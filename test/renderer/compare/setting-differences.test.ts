import { expect, it } from 'vitest'
import {
  differingPrompts,
  differingSettings,
} from '../../../src/renderer/features/compare/setting-differences.ts'
import { defaultTakeSettings, type TakeSettings } from '../../../src/shared/domain/take.ts'

const take = (settings: Partial<TakeSettings> = {}, characterName = 'hero.png') => ({
  characterName,
  settings: { ...defaultTakeSettings, ...settings },
})

it('lists only settings that differ, in the words of the form', () => {
  const takes = [
    take({ mode: 'std', orientation: 'image', prompt: 'slow' }),
    take({ mode: 'pro', orientation: 'image' }),
    take({ mode: 'std', orientation: 'image' }, 'other.png'),
  ]
  expect(differingSettings(takes)).toEqual([
    { name: 'Character', values: ['hero.png', 'hero.png', 'other.png'] },
    { name: 'Mode', values: ['Standard', 'Professional', 'Standard'] },
  ])
  expect(differingPrompts(takes)).toEqual([{ name: 'Prompt', values: ['slow', '', ''] }])
})

it('tells how files were made to fit, and which elements were used', () => {
  const { fit } = defaultTakeSettings
  const crop = { x: 0.1, y: 0, width: 0.5, height: 1 }
  expect(
    differingSettings([take(), take({ elements: ['7', '8'], fit: { ...fit, crop, short: 'loop' } })]),
  ).toEqual([
    { name: 'Elements', values: ['None', '7, 8'] },
    { name: 'Short clip', values: ['Unchanged', 'Repeat'] },
    { name: 'Crop', values: ['None', '50 × 100 % at 10, 0 %'] },
  ])
})

it('has nothing to list for one take, or for two alike', () => {
  expect([differingSettings([take()]), differingSettings([take(), take()])]).toEqual([[], []])
})
