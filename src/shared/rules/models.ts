import { officialLimits, rulesAsOf, highwayLimits, modelsLabLimits, oxenLimits } from './limits.ts'
import type { ModelRules } from './rules.ts'

/** What no service but a few offers; each entry names what it has. */
const plain = {
  orientations: ['image', 'video'],
  modes: ['std', 'pro'],
  promptLimit: 2500,
  negativePrompt: false,
  elements: false,
  keepSound: true,
  watermark: false,
  callback: false,
  characterBy: 'inline',
  needsCharacterUrl: false,
  elementsInNewerApi: true,
  cancel: false,
  lookUp: false,
  listTasks: false,
  elementLibrary: false,
  ownStorage: false,
  livePrice: false,
  notes: [],
  pricePerSecond: { std: null, pro: null },
  priceAsOf: rulesAsOf,
  priceSource: 'the provider publishes no rate',
} as const

const notRefunded =
  'Cuts and fast moves in the clip can shorten the result. The provider does not refund that.'

const officialChoices = {
  ...plain,
  elements: true,
  watermark: true,
  callback: true,
} as const

const official = {
  ...officialChoices,
  provider: 'kling',
  lookUp: true,
  listTasks: true,
  elementLibrary: true,
  resultLife: '30 days',
  notes: [notRefunded],
  rules: officialLimits('Kling API reference, motion control'),
  pricePerUnit: 0.14,
  priceSource: 'Kling price list, 1 unit = 0.14 USD',
} as const

const highway = {
  ...plain,
  provider: 'highway',
  negativePrompt: true,
  // Inline is documented too, but not in which form; an address is read the same way everywhere.
  characterBy: 'url',
  resultLife: 'about 1 hour',
  notes: ['With Image orientation, the result is always 5 s long.'],
  rules: highwayLimits,
} as const

/** Every model of every provider that this build can reach. */
export const modelRules: readonly ModelRules[] = [
  {
    ...plain,
    provider: 'practice',
    model: 'practice',
    name: 'Practice',
    lookUp: true,
    // The practice renderer binds no library elements and makes no callbacks.
    watermark: true,
    resultLife: 'for good',
    rules: officialLimits('Kling API reference, motion control'),
    pricePerSecond: { std: 0, pro: 0 },
    priceSource: 'rendered on this computer',
  },
  {
    ...official,
    model: 'kling-v2-6',
    name: 'Kling 2.6',
    elementsInNewerApi: false,
    pricePerSecond: { std: 0.07, pro: 0.112 },
  },
  { ...official, model: 'kling-v3', name: 'Kling 3.0', pricePerSecond: { std: 0.126, pro: 0.168 } },
  {
    ...officialChoices,
    provider: 'kling-gateway',
    lookUp: true,
    listTasks: true,
    model: 'kling-v3',
    name: 'Kling 3.0',
    resultLife: 'not stated',
    notes: ['Gateways differ: not all of them support elements, watermark and callback.', notRefunded],
    rules: officialLimits('PowerTokens reference, kling-v3 motion control'),
  },
  {
    ...officialChoices,
    provider: 'kling-gateway',
    lookUp: true,
    listTasks: true,
    model: 'kling-v2-6',
    name: 'Kling 2.6',
    resultLife: 'not stated',
    notes: ['Only some gateways have this model.', notRefunded],
    rules: officialLimits('FastToken reference, motion control'),
  },
  {
    ...plain,
    provider: 'oxen',
    model: 'kling-video-v3-pro-motion-control',
    name: 'Kling 3.0 Pro',
    modes: ['pro'],
    promptLimit: null,
    characterBy: 'url',
    needsCharacterUrl: true,
    cancel: true,
    lookUp: true,
    listTasks: true,
    ownStorage: true,
    livePrice: true,
    resultLife: 'not stated',
    notes: ['A prompt is required.'],
    rules: oxenLimits,
    priceSource: 'not read from Oxen yet',
  },
  {
    ...plain,
    provider: 'modelslab',
    model: 'kling-motion-control',
    name: 'Kling 2.6',
    callback: true,
    characterBy: 'url',
    needsCharacterUrl: true,
    ownStorage: true,
    resultLife: 'not stated; 24 hours elsewhere at ModelsLab',
    notes: [
      'Without a prompt, a neutral one is sent, because ModelsLab’s pages disagree on whether it is needed.',
    ],
    rules: modelsLabLimits,
  },
  { ...highway, model: 'kling-v3-0-std', name: 'Kling 3.0 Standard', modes: ['std'] },
  { ...highway, model: 'kling-v3-0-pro', name: 'Kling 3.0 Pro', modes: ['pro'] },
]

/** The provider's model by name, or its first model when none is named. */
export function findModel(provider: string, model?: string): ModelRules | undefined {
  return modelRules.find(
    (entry) => entry.provider === provider && (model === undefined || entry.model === model),
  )
}
