import { asLongAsPerformed, noCuts, noElements, promptIsOptional, rowsFrom, unknownRows } from './limits.ts'
import { vendorAdvice } from './official-limits.ts'
import type { Rule } from './rules.ts'

const official = 'limit of the official Kling API, taken as a sign'
const highway = 'limit of the Highway API, the strictest of the siblings'

const unknownImage = (page: string): readonly Rule[] => [
  ...unknownRows(page, 'image.format', 'format', { limit: ['jpeg', 'png'], source: official }),
  ...unknownRows(page, 'image.bytes', 'bytes', { limit: 10_000_000, source: official }),
  ...unknownRows(page, 'image.side.min', 'px', { limit: 300, source: official }),
  ...unknownRows(page, 'image.side.max', 'px', { limit: 65_536, source: official }),
  ...unknownRows(page, 'image.aspect', 'ratio', { limit: { min: 0.4, max: 2.5 }, source: official }),
]

const anyClip = (page: string): readonly Rule[] => {
  const row = rowsFrom(page)
  return [
    row({ rule: 'clip.format', limit: ['mp4', 'mov'], unit: 'format' }),
    row({ rule: 'clip.codec', limit: ['h264'], unit: 'format', severity: 'warning', source: official }),
    row({ rule: 'clip.duration.min', limit: 3, unit: 's' }),
    row({ rule: 'clip.frameRate', limit: null, unit: 'fps', severity: 'info' }),
    noCuts(page, vendorAdvice),
  ]
}

const tenOrThirty = (page: string): readonly Rule[] => {
  const row = rowsFrom(page)
  return [
    row({ rule: 'clip.duration.max', limit: 10, unit: 's' }, 'image'),
    row({ rule: 'clip.duration.max', limit: 30, unit: 's' }, 'video'),
  ]
}

const oxen = 'Oxen.ai reference, kling-video-v3-pro-motion-control'

/** Oxen documents formats and durations and leaves sizes open. */
export const oxenLimits: readonly Rule[] = [
  ...unknownImage(oxen),
  ...anyClip(oxen),
  ...tenOrThirty(oxen),
  ...unknownRows(oxen, 'clip.bytes', 'bytes', { limit: 10_000_000, source: highway }),
  ...unknownRows(oxen, 'clip.side.min', 'px', { limit: 340, source: official }),
  ...unknownRows(oxen, 'clip.side.max', 'px', { limit: 3850, source: official }),
  rowsFrom(oxen)({ rule: 'prompt.required', limit: 1, unit: 'characters' }),
  ...unknownRows(oxen, 'prompt.length', 'characters', { limit: 2500, source: official }),
  rowsFrom(oxen)({ rule: 'negativePrompt.length', limit: 0, unit: 'characters' }),
  // One element is documented, but not what names it inside the list: nothing is guessed with the user's money.
  ...noElements(oxen),
  asLongAsPerformed(oxen),
]

const modelsLab = 'ModelsLab v7 video-fusion, motion-control'

export const modelsLabLimits: readonly Rule[] = [
  ...unknownImage(modelsLab),
  ...anyClip(modelsLab),
  ...tenOrThirty(modelsLab),
  rowsFrom(modelsLab)({ rule: 'clip.bytes', limit: 100_000_000, unit: 'bytes' }),
  rowsFrom(modelsLab)({ rule: 'clip.side.min', limit: 340, unit: 'px' }),
  rowsFrom(modelsLab)({ rule: 'clip.side.max', limit: 3850, unit: 'px' }),
  // Its page says required and its tool list optional; an empty one is sent as a neutral sentence.
  rowsFrom(modelsLab)({ rule: 'prompt.required', limit: 1, unit: 'characters', severity: 'warning' }),
  rowsFrom(modelsLab)({ rule: 'prompt.length', limit: 2500, unit: 'characters' }),
  rowsFrom(modelsLab)({ rule: 'negativePrompt.length', limit: 0, unit: 'characters' }),
  ...noElements(modelsLab),
  asLongAsPerformed(modelsLab),
]

const highwayPage = 'Highway API reference, kling-v3.0-motion-control'
const highwayRow = rowsFrom(highwayPage)

/** The smallest clip of all, and with `image` orientation five seconds come out whatever goes in. */
export const highwayLimits: readonly Rule[] = [
  highwayRow({ rule: 'image.format', limit: ['jpeg', 'png'], unit: 'format' }),
  highwayRow({ rule: 'image.bytes', limit: 10_000_000, unit: 'bytes' }),
  highwayRow({ rule: 'image.side.min', limit: 300, unit: 'px' }),
  ...unknownRows(highwayPage, 'image.side.max', 'px', { limit: 65_536, source: official }),
  highwayRow({ rule: 'image.aspect', limit: { min: 0.4, max: 2.5 }, unit: 'ratio' }),
  ...anyClip(highwayPage),
  highwayRow({ rule: 'clip.bytes', limit: 10_000_000, unit: 'bytes' }),
  highwayRow({ rule: 'clip.side.min', limit: 300, unit: 'px' }),
  ...unknownRows(highwayPage, 'clip.side.max', 'px', { limit: 3850, source: official }),
  highwayRow({ rule: 'clip.duration.max', limit: 30, unit: 's' }),
  highwayRow({ rule: 'output.length', limit: 5, unit: 's', severity: 'warning' }, 'image'),
  { ...asLongAsPerformed(highwayPage), orientation: 'video' },
  promptIsOptional(highwayPage),
  highwayRow({ rule: 'prompt.length', limit: 2500, unit: 'characters' }),
  highwayRow({ rule: 'negativePrompt.length', limit: 2500, unit: 'characters' }),
  ...noElements(highwayPage),
]
