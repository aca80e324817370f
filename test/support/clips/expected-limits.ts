import type { RuleId } from '../../../src/shared/rules/rules.ts'
import type { Orientation } from '../../../src/shared/domain/take.ts'

/**
 * What each service says of its motion-control model, read from its pages and written down by hand, so that a wrong
 * limit in the rules is found here. `unsaid`: the page states none, so that the limit of a sibling only warns.
 */
export type Bound = {
  readonly limit: number
  /** Beyond the limit. */
  readonly level: 'error' | 'warning'
  /** Within it: where nothing is stated, that is said. */
  readonly within: 'pass' | 'info'
}
const stated = (limit: number): Bound => ({ limit, level: 'error', within: 'pass' })
const unsaid = (limit: number): Bound => ({ limit, level: 'warning', within: 'info' })

export type Expected = {
  readonly models: readonly (readonly [provider: string, model: string])[]
  readonly imageFormats: 'error' | 'warning'
  readonly imageBytes: Bound
  readonly imageSideMin: Bound
  readonly imageSideMax: Bound
  /** 1:2.5 to 2.5:1 everywhere. */
  readonly imageAspect: 'error' | 'warning'
  readonly clipBytes: Bound
  readonly clipSideMin: Bound
  readonly clipSideMax: Bound
  readonly durationMax: Readonly<Record<Orientation, number>>
  readonly prompt: 'optional' | 'required' | 'perhaps'
  readonly promptLength: Bound
  /** 0: there is no such field. */
  readonly negativePromptLength: number
  /** How many elements are taken. */
  readonly elements: 0 | 1
  /** Seconds that come out with `image` orientation where they are fewer than what is performed. */
  readonly comesOutByImage: number | null
}

const official: Omit<Expected, 'models'> = {
  imageFormats: 'error',
  imageBytes: stated(10_000_000),
  imageSideMin: stated(300),
  imageSideMax: stated(65_536),
  imageAspect: 'error',
  clipBytes: stated(100_000_000),
  clipSideMin: stated(340),
  clipSideMax: stated(3850),
  durationMax: { image: 10, video: 30 },
  prompt: 'optional',
  promptLength: stated(2500),
  negativePromptLength: 0,
  elements: 1,
  comesOutByImage: null,
}

const unsaidImage = {
  imageFormats: 'warning',
  imageBytes: unsaid(10_000_000),
  imageSideMin: unsaid(300),
  imageSideMax: unsaid(65_536),
  imageAspect: 'warning',
} as const

export const expectations: readonly Expected[] = [
  {
    ...official,
    models: [
      ['practice', 'practice'],
      ['kling', 'kling-v2-6'],
      ['kling', 'kling-v3'],
      ['kling-gateway', 'kling-v3'],
      ['kling-gateway', 'kling-v2-6'],
    ],
  },
  {
    ...official,
    ...unsaidImage,
    models: [['oxen', 'kling-video-v3-pro-motion-control']],
    clipBytes: unsaid(10_000_000),
    clipSideMin: unsaid(340),
    clipSideMax: unsaid(3850),
    prompt: 'required',
    promptLength: unsaid(2500),
    elements: 0,
  },
  {
    ...official,
    ...unsaidImage,
    models: [['modelslab', 'kling-motion-control']],
    prompt: 'perhaps',
    elements: 0,
  },
  {
    ...official,
    models: [
      ['highway', 'kling-v3-0-std'],
      ['highway', 'kling-v3-0-pro'],
    ],
    imageSideMax: unsaid(65_536),
    clipBytes: stated(10_000_000),
    clipSideMin: stated(300),
    clipSideMax: unsaid(3850),
    durationMax: { image: 30, video: 30 },
    negativePromptLength: 2500,
    elements: 0,
    comesOutByImage: 5,
  },
]

/** The rule ids of the design, in its order. */
export const everyRule: readonly RuleId[] = [
  'image.format',
  'image.bytes',
  'image.side.min',
  'image.side.max',
  'image.aspect',
  'clip.format',
  'clip.codec',
  'clip.bytes',
  'clip.side.min',
  'clip.side.max',
  'clip.duration.min',
  'clip.duration.max',
  'clip.frameRate',
  'clip.cuts',
  'prompt.required',
  'prompt.length',
  'negativePrompt.length',
  'elements.count',
  'elements.orientation',
  'output.length',
]
