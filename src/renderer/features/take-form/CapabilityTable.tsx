import { useState } from 'react'
import type { ModelRules, RuleId } from '../../../shared/rules/rules.ts'
import { priceOf, type Prices } from '../../../shared/rules/estimate.ts'
import { inUnit, limitText } from '../../../shared/rules/sentence.ts'
import { modes as allModes, orientations, type Orientation } from '../../../shared/domain/take.ts'
import { modeWords, orientationWords } from '../../lib/setting-words.ts'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { Modal } from '../../ui/Modal.tsx'
import { chosenModel } from '../../state/inputs.ts'
import { text } from './text.ts'

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
    : 'not available'

/** A fixed length that comes out is a warning, because the take can be sent all the same. */
function comesOut({ rules, orientations: own }: ModelRules): string {
  const fixed = rules.filter(({ rule, limit: length }) => rule === 'output.length' && length !== null)
  if (fixed.length === 0) return 'as long as the performed part'
  return own
    .map((orientation) => {
      const rule = fixed.find((entry) => (entry.orientation ?? orientation) === orientation)
      const length = rule ? `at most ${limitText(rule) ?? unstated}` : 'as long as the performed part'
      return `${orientationWords[orientation].title}: ${length}`
    })
    .join('; ')
}

function prompt({ rules, promptLimit }: ModelRules): string {
  const required = rules.find(({ rule }) => rule === 'prompt.required')?.severity
  const start = required === 'error' ? 'required' : required === 'warning' ? 'maybe required' : 'optional'
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

type Capability = { readonly label: string; readonly of: (model: ModelRules) => string }

/** One row for each thing a model can or cannot do, in the order of making a take. */
const capabilities = (prices: Prices): readonly Capability[] => [
  {
    label: 'Orientations',
    of: (model) => model.orientations.map((o) => orientationWords[o].title).join(', '),
  },
  { label: 'Modes', of: (model) => model.modes.map((mode) => modeWords[mode]).join(', ') },
  { label: 'Longest clip, Image', of: longestClip('image') },
  { label: 'Longest clip, Video', of: longestClip('video') },
  { label: 'Result length', of: comesOut },
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
    label: 'Character is sent',
    of: ({ characterBy }) => (characterBy === 'inline' ? 'inside the request' : 'by link, like the clip'),
  },
  { label: 'Own storage', of: ({ ownStorage }) => yesNo(ownStorage) },
  { label: 'Price per second', of: (model) => price(model, prices) },
  { label: 'Result is kept', of: ({ resultLife }) => resultLife },
  { label: 'Notes', of: ({ notes }) => notes.join(' ') || '–' },
]

const cell = 'border-b border-line px-3 py-2 text-left align-top'

/** As a reference, because the dialog puts its content into the page only after the first effects. */
const bringIntoView = (header: HTMLTableCellElement | null) => {
  header?.scrollIntoView({ inline: 'center', block: 'nearest' })
}

/** What every model of every provider can and cannot do, from the same rules that check the files. */
export function CapabilityTable({ onClose }: { readonly onClose: () => void }) {
  const providers = useApp((state) => state.providers)
  const prices = useApp((state) => state.settings.prices)
  const chosen = useApp(chosenModel)
  const [onlyDifferent, setOnlyDifferent] = useState(true)
  const columns = providers.flatMap(({ name, models }) => models.map((model) => ({ name, model })))
  const look = (model: (typeof columns)[number]['model']) =>
    model === chosen ? 'bg-accent-wash' : 'bg-panel'
  const rows = capabilities(prices).filter(
    ({ of }) => !onlyDifferent || new Set(columns.map(({ model }) => of(model))).size > 1,
  )
  return (
    <Modal
      width="page"
      title="Compare providers"
      description={text.asStated(columns[0]?.model.rules[0]?.asOf ?? 'an unknown day')}
      footer={
        <label className="mr-auto flex items-center gap-2 text-sm text-soft">
          <input
            type="checkbox"
            checked={onlyDifferent}
            onChange={(event) => {
              setOnlyDifferent(event.target.checked)
            }}
            className="size-4 accent-accent"
          />
          Only what differs
        </label>
      }
      onClose={onClose}
    >
      <div
        role="region"
        aria-label="Providers and models"
        tabIndex={0}
        className="h-full overflow-auto rounded-lg border border-line"
      >
        <table className="tabular w-max border-separate border-spacing-0 text-xs" data-selectable>
          <thead>
            <tr>
              <th scope="col" className={classNames(cell, 'sticky top-0 left-0 z-20 bg-panel font-medium')}>
                <span className="sr-only">What</span>
              </th>
              {columns.map(({ name, model }) => (
                <th
                  key={`${model.provider} ${model.model}`}
                  ref={model === chosen ? bringIntoView : undefined}
                  scope="col"
                  className={classNames(cell, 'sticky top-0 z-10 w-44 font-medium text-ink', look(model))}
                >
                  <span className="block">{name}</span>
                  {name !== model.name && <span className="font-normal text-soft"> {model.name}</span>}
                  {model === chosen && <span className="sr-only"> (chosen)</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, of }) => (
              <tr key={label}>
                <th
                  scope="row"
                  className={classNames(cell, 'sticky left-0 z-10 w-40 bg-panel font-medium text-soft')}
                >
                  {label}
                </th>
                {columns.map(({ model }) => {
                  const text = of(model)
                  return (
                    <td
                      key={`${model.provider} ${model.model}`}
                      className={classNames(
                        cell,
                        'max-w-44',
                        model === chosen && 'bg-accent-wash',
                        text.startsWith('not stated') || text === 'no' || text === '–'
                          ? 'text-faint'
                          : 'text-ink',
                      )}
                    >
                      {text}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  )
}
