import type { Orientation } from '../domain/take.ts'
import type { Rule } from './rules.ts'

type Short = Pick<Rule, 'rule' | 'limit' | 'unit'> & Partial<Pick<Rule, 'severity' | 'source' | 'says'>>

/** When the pages behind the rules were read. */
export const rulesAsOf = '2026-11-20'

/** Writes rows of one documentation page. A row is an error unless it says otherwise. */
const rowsFrom =
  (page: string) =>
  (short: Short, orientation?: Orientation): Rule => ({
    severity: 'error',
    source: page,
    asOf: rulesAsOf,
    ...short,
    ...(orientation && { orientation }),
  })

/**
 * A limit that the provider does not state: it is said to be unknown, and the strictest limit that a sibling documents
 * for the same model family only warns.
 */
function unknownRows(
  page: string,
  rule: Rule['rule'],
  unit: Rule['unit'],
  sibling: { readonly limit: NonNullable<Rule['limit']>; readonly source: string },
): readonly Rule[] {
  const row = rowsFrom(page)
  return [
    row({ rule, limit: null, unit, severity: 'info' }),
    row({ rule, limit: sibling.limit, unit, severity: 'warning', source: sibling.source }),
  ]
}

/** A rule that this model has nothing to hold against, with the reason as a whole sentence. */
const nothingAsked = (page: string, rule: Rule['rule'], unit: Rule['unit'], says: string): Rule =>
  rowsFrom(page)({ rule, limit: null, unit, severity: 'info', says })

/** No page forbids cuts. All of them ask for one continuous take: what comes out shorter is paid in full. */
const noCuts = (page: string, source: string): Rule =>
  rowsFrom(page)({ rule: 'clip.cuts', limit: 0, unit: 'cuts', severity: 'warning', source })

/** The result follows the clip; only some orientations of some services end it earlier. */
const asLongAsPerformed = (page: string): Rule =>
  nothingAsked(page, 'output.length', 's', 'The result is as long as the performed part.')

const promptIsOptional = (page: string): Rule =>
  nothingAsked(page, 'prompt.required', 'characters', 'This model also works without a prompt.')

/** The rows of a model that takes no library elements. */
const noElements = (page: string): readonly Rule[] => [
  rowsFrom(page)({ rule: 'elements.count', limit: 0, unit: 'elements' }),
  nothingAsked(
    page,
    'elements.orientation',
    'format',
    'This model takes no elements, so either orientation works.',
  ),
]

/** The words of the vendor: one continuous take; a result that cuts make shorter is not refunded. */
const vendorAdvice = 'advice of the Kling API reference on motion clips'

const community = 'Runway help page and ComfyUI node, which both ask for 340 px'

/**
 * The limits that Kling documents for its motion-control models, as `page` repeats them. Megabytes are decimal: the
 * stricter reading. The newer generation of the API takes images up to 50 MB; these are the limits that hold in both.
 */
export function officialLimits(page: string): readonly Rule[] {
  const row = rowsFrom(page)
  return [
    row({ rule: 'image.format', limit: ['jpeg', 'png'], unit: 'format' }),
    row({ rule: 'image.bytes', limit: 10_000_000, unit: 'bytes' }),
    row({ rule: 'image.side.min', limit: 300, unit: 'px' }),
    row({ rule: 'image.side.min', limit: 340, unit: 'px', severity: 'warning', source: community }),
    row({ rule: 'image.side.max', limit: 65_536, unit: 'px' }),
    row({ rule: 'image.aspect', limit: { min: 0.4, max: 2.5 }, unit: 'ratio' }),
    row({ rule: 'clip.format', limit: ['mp4', 'mov'], unit: 'format' }),
    // The page names containers only; H.264 is what every decoder on the way certainly reads.
    row({ rule: 'clip.codec', limit: ['h264'], unit: 'format', severity: 'warning' }),
    row({ rule: 'clip.bytes', limit: 100_000_000, unit: 'bytes' }),
    row({ rule: 'clip.side.min', limit: 340, unit: 'px' }),
    row({ rule: 'clip.side.max', limit: 3850, unit: 'px' }),
    row({ rule: 'clip.duration.min', limit: 3, unit: 's' }),
    row({ rule: 'clip.duration.max', limit: 10, unit: 's' }, 'image'),
    row({ rule: 'clip.duration.max', limit: 30, unit: 's' }, 'video'),
    row({ rule: 'clip.frameRate', limit: null, unit: 'fps', severity: 'info' }),
    noCuts(page, vendorAdvice),
    promptIsOptional(page),
    row({ rule: 'prompt.length', limit: 2500, unit: 'characters' }),
    // There is no such field; negative wording belongs into the prompt.
    row({ rule: 'negativePrompt.length', limit: 0, unit: 'characters' }),
    row({ rule: 'elements.count', limit: 1, unit: 'elements' }),
    row({ rule: 'elements.orientation', limit: ['video'], unit: 'format' }),
    asLongAsPerformed(page),
  ]
}

const official = 'limit of the official Kling API, used as a guide'
const highway = 'limit of the Highway API, the strictest of the similar APIs'

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

/** The smallest clip of all, and with `image` orientation the result is always five seconds long. */
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
