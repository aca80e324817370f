import type { Orientation } from '../../../../src/shared/domain/take.ts'
import { binding, frames, upTo, type Row } from './corpus-row.ts'
import type { Expected } from '../../../support/clips/expected-limits.ts'

const text = (length: number) => 'a'.repeat(length)

export const settingRows = (expected: Expected, orientation: Orientation): readonly Row[] => {
  const prompts = { optional: 'info', required: 'error', perhaps: 'warning' } as const
  const comesOut = orientation === 'image' ? expected.comesOutByImage : null
  const negative = expected.negativePromptLength
  return [
    { rule: 'prompt.required', what: 'none', settings: { prompt: '' }, level: prompts[expected.prompt] },
    { rule: 'prompt.required', what: 'blanks', settings: { prompt: '  ' }, level: prompts[expected.prompt] },
    {
      rule: 'prompt.required',
      what: 'one letter',
      settings: { prompt: 'a' },
      level: expected.prompt === 'optional' ? 'info' : 'pass',
    },
    ...upTo('prompt.length', expected.promptLength, 1, (length) => ({ settings: { prompt: text(length) } })),
    { rule: 'negativePrompt.length', what: 'none', settings: { negativePrompt: '' }, level: 'pass' },
    {
      rule: 'negativePrompt.length',
      what: `${String(negative)} letters`,
      settings: { negativePrompt: text(negative) },
      level: 'pass',
    },
    {
      rule: 'negativePrompt.length',
      what: `${String(negative + 1)} letters`,
      settings: { negativePrompt: text(negative + 1) },
      level: 'error',
    },
    { rule: 'elements.count', what: 'none', settings: { elements: [] }, level: 'pass' },
    {
      rule: 'elements.count',
      what: 'one',
      settings: { elements: ['1'] },
      level: expected.elements === 1 ? 'pass' : 'error',
    },
    { rule: 'elements.count', what: 'two', settings: { elements: ['1', '2'] }, level: 'error' },
    {
      rule: 'elements.orientation',
      what: 'no element',
      settings: { elements: [] },
      level: expected.elements === 1 ? 'pass' : 'info',
    },
    {
      rule: 'elements.orientation',
      what: `an element with ${orientation}`,
      settings: { elements: ['829836802793406551'] },
      level: expected.elements === 0 ? 'info' : orientation === 'video' ? 'pass' : 'error',
    },
    ...(comesOut === null
      ? [{ rule: 'output.length', what: 'as performed', level: 'info' } as const]
      : [
          ...upTo('output.length', { ...binding(comesOut), level: 'warning' }, 1 / 30, (seconds) => ({
            clip: frames(seconds),
          })),
        ]),
  ]
}
