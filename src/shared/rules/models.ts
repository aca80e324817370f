import { officialLimits } from './official-limits.ts'
import type { ModelRules } from './rules.ts'

const officialChoices = {
  orientations: ['image', 'video'],
  modes: ['std', 'pro'],
  promptLimit: 2500,
  negativePrompt: false,
  elements: true,
  keepSound: true,
  watermark: true,
  callback: true,
  rules: officialLimits,
} as const

const officialPrice = { priceAsOf: '2026-11-20', priceSource: 'Kling price list, 1 unit = 0.14 USD' }

/** Every model of every provider that this build can reach. */
export const modelRules: readonly ModelRules[] = [
  {
    ...officialChoices,
    provider: 'practice',
    model: 'practice',
    name: 'Practice',
    // The practice renderer binds no library elements and calls nobody back.
    elements: false,
    callback: false,
    pricePerSecond: { std: 0, pro: 0 },
    priceAsOf: '2026-11-20',
    priceSource: 'rendered on this machine',
  },
  {
    ...officialChoices,
    ...officialPrice,
    provider: 'kling',
    model: 'kling-v2-6',
    name: 'Kling 2.6',
    pricePerSecond: { std: 0.07, pro: 0.112 },
  },
  {
    ...officialChoices,
    ...officialPrice,
    provider: 'kling',
    model: 'kling-v3',
    name: 'Kling 3.0',
    pricePerSecond: { std: 0.126, pro: 0.168 },
  },
]

/** The provider's model by name, or its first model when none is named. */
export function findModel(provider: string, model?: string): ModelRules | undefined {
  return modelRules.find(
    (entry) => entry.provider === provider && (model === undefined || entry.model === model),
  )
}
