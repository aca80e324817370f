import type { ModelRules, RuleId } from '../../../shared/rules/rules.ts'
import { priceOf, type Prices } from '../../../shared/rules/estimate.ts'
import { inUnit, limitText } from '../../../shared/rules/sentence.ts'
import { modes as allModes, orientations, type Orientation } from '../../../shared/domain/take.ts'
import { modeWords, orientationWords } from '../../lib/setting-words.ts'

const unstated = 'not stated'
const yesNo = (yes: boolean) => (yes ? 'yes' : 'no')

/** The limit the provider itself states; what its siblings say only warns and is no promise here. */
const stated = (model: ModelRules, rule: RuleId, orientation?: Orientation) =>
  model.rules.find(
    (entry) =>
      entry.rule === rule &&
      entry.limit !== null &&
      entry.severity === 'error' &&
      (entry.orientation === undefined || orientation === undefined || entry.orientation === orientation),
  )

function limit(model: ModelRules, rule: RuleId, orientation?: Orientation): string | null {
  const found = stated(model, rule, orientation)
  return found ? limitText(found) : null
}

const atMost = (text: string | null) => (text === null ? unstated : `at most ${text}`)

function sides(model: ModelRules, what: 'image' | 'clip'): string {
  const min = limit(model, `${what}.side.min`)
  const max = limit(model, `${what}.side.max`)
  if (min === null && max === null) return unstated
  return `shortest ${min ?? unstated}, longest ${max ?? unstated}`
}

const longestClip = (orientation: Orientation) => (model: ModelRules) =>
  model.orientations.includes(orientation)
    ? (limit(model, 'clip.duration.max', orientation) ?? unstated)
    : 'no such orientation'

/** A fixed length that comes out is a warning, because the take can be sent all the same. */
function comesOut({ rules, orientations: own }: ModelRules): string {
  const fixed = rules.filter(({ rule, limit: length }) => rule === 'output.length' && length !== null)
  if (fixed.length === 0) return 'as long as what is performed'
  return own
    .map((orientation) => {
      const rule = fixed.find((entry) => (entry.orientation ?? orientation) === orientation)
      const length = rule ? `at most ${limitText(rule) ?? unstated}` : 'as long as what is performed'
      return `${orientationWords[orientation].title}: ${length}`
    })
    .join('; ')
}

function prompt({ rules, promptLimit }: ModelRules): string {
  const required = rules.find(({ rule }) => rule === 'prompt.required')?.severity
  const start = required === 'error' ? 'required' : required === 'warning' ? 'perhaps required' : 'optional'
  const most = promptLimit === null ? `limit ${unstated}` : `at most ${inUnit(promptLimit, 'characters')}`
  return `${start}, ${most}`
}

function elements(model: ModelRules): string {
  if (!model.elements) return 'no'
  const most = limit(model, 'elements.count')
  const only = stated(model, 'elements.orientation')?.limit
  const where = orientations
    .filter((orientation) => Array.isArray(only) && only.includes(orientation))
    .map((orientation) => orientationWords[orientation].title)
  return `at most ${most ?? unstated}${where.length > 0 ? `, orientation ${where.join(' or ')}` : ''}`
}

function price(model: ModelRules, prices: Prices): string {
  const rates = allModes
    .filter((mode) => model.modes.includes(mode))
    .map((mode) => ({ mode, ...priceOf(model, mode, prices) }))
  if (rates.every(({ perSecond }) => perSecond === 0)) return 'free'
  if (rates.every(({ perSecond }) => perSecond === null))
    return model.livePrice ? `${unstated} here; read from the provider` : unstated
  return rates
    .map(({ mode, perSecond, asOf }) => {
      const rate = perSecond === null ? unstated : `${String(perSecond)} USD`
      return `${modeWords[mode]} ${rate} (${asOf})`
    })
    .join('; ')
}

export type Capability = { readonly label: string; readonly of: (model: ModelRules) => string }

/** One row for each thing a model can or cannot do, in the order of making a take. */
export const capabilities = (prices: Prices): readonly Capability[] => [
  {
    label: 'Orientations',
    of: (model) => model.orientations.map((o) => orientationWords[o].title).join(', '),
  },
  { label: 'Modes', of: (model) => model.modes.map((mode) => modeWords[mode]).join(', ') },
  { label: 'Longest clip, Image', of: longestClip('image') },
  { label: 'Longest clip, Video', of: longestClip('video') },
  { label: 'Length that comes out', of: comesOut },
  { label: 'Clip size', of: (model) => atMost(limit(model, 'clip.bytes')) },
  { label: 'Clip sides', of: (model) => sides(model, 'clip') },
  { label: 'Image size', of: (model) => atMost(limit(model, 'image.bytes')) },
  { label: 'Image sides', of: (model) => sides(model, 'image') },
  { label: 'Prompt', of: prompt },
  { label: 'Negative prompt', of: ({ negativePrompt }) => yesNo(negativePrompt) },
  { label: 'Elements', of: elements },
  { label: 'Keeps the sound', of: ({ keepSound }) => yesNo(keepSound) },
  { label: 'Watermark', of: ({ watermark }) => yesNo(watermark) },
  { label: 'Callback', of: ({ callback }) => yesNo(callback) },
  { label: 'Cancel after sending', of: ({ cancel }) => yesNo(cancel) },
  {
    label: 'The character travels',
    of: ({ characterBy }) =>
      characterBy === 'inline' ? 'inside the request' : 'by an address, like the clip',
  },
  { label: 'Storage of its own', of: ({ ownStorage }) => yesNo(ownStorage) },
  { label: 'Price per second', of: (model) => price(model, prices) },
  { label: 'Result is kept', of: ({ resultLife }) => resultLife },
  { label: 'Notes', of: ({ notes }) => notes.join(' ') || '–' },
]
