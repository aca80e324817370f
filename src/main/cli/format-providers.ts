import type { ProviderView } from '../../shared/domain/views.ts'
import type { ModelRules, RuleId } from '../../shared/rules/rules.ts'
import { limitText } from '../../shared/rules/sentence.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import { table } from './table.ts'

function priceOf({ pricePerSecond, modes }: ModelRules): string {
  const prices = modes.map((mode) => {
    const price = pricePerSecond[mode]
    return price === null ? `${mode} unknown` : price === 0 ? `${mode} free` : `${mode} ${price}`
  })
  return prices.join(', ')
}

/** A limit that is stated as such; a sign from a sibling is none. */
function stated(model: ModelRules, rule: RuleId): string {
  const found = model.rules.find((row) => row.rule === rule && row.severity === 'error')
  return (found && limitText(found)) ?? 'not stated'
}

const secondsOf = (model: ModelRules) =>
  model.orientations
    .map((orientation) => `${orientation} ${numericLimit(model, 'clip.duration.max', orientation) ?? '?'}`)
    .join(', ')

const extras = [
  ['negativePrompt', 'negative prompt'],
  ['elements', 'element'],
  ['watermark', 'watermark'],
  ['callback', 'callback'],
  ['cancel', 'cancel'],
] as const

const extrasOf = (model: ModelRules) =>
  extras
    .filter(([flag]) => model[flag])
    .map(([, name]) => name)
    .join(', ') || '-'

/** What each model takes, can do and costs. */
export function formatProviders(providers: readonly ProviderView[]): string {
  const rows = providers.flatMap(({ id, models }) =>
    models.map((model) => [
      id,
      model.model,
      secondsOf(model),
      stated(model, 'clip.bytes'),
      stated(model, 'image.bytes'),
      extrasOf(model),
      priceOf(model),
      model.priceAsOf,
    ]),
  )
  const heads = ['PROVIDER', 'MODEL', 'SECONDS', 'CLIP', 'IMAGE', 'ALSO', 'USD A SECOND', 'AS OF']
  return table([heads, ...rows])
}
