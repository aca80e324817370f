import { formatSeconds } from '../../../../shared/units.ts'
import type { Take } from '../../../../shared/domain/take.ts'
import { spentOn } from '../../../../shared/rules/deducted.ts'
import { findModel } from '../../../../shared/rules/models.ts'
import { modelWords, modeWords } from '../../../lib/setting-words.ts'

/** "Kling · Kling 2.6 · Standard". A model of one mode has it in its name, or none to tell it from. */
export function madeWith({ settings }: Pick<Take, 'settings'>): string {
  const modes = findModel(settings.provider, settings.model)?.modes ?? []
  return modes.length === 1 ? modelWords(settings) : `${modelWords(settings)} · ${modeWords[settings.mode]}`
}

/** What was deducted, else what it is expected to cost: "$0.63", "≈ $0.48"; null where it is free, nothing or unknown. */
function priceWords(take: Take): string | null {
  const { amount, estimated } = spentOn(take)
  // A draft was not sent.
  if (amount === null || amount === 0 || take.state === 'DRAFT') return null
  return `${estimated ? '≈ ' : ''}$${amount.toFixed(2)}`
}

/** How long the result is, or will be, and what it costs. */
export function lengthAndPrice(take: Take): string {
  const seconds = take.result?.duration ?? take.estimate.seconds
  return [formatSeconds(seconds), priceWords(take)].filter((words) => words !== null).join(' · ')
}
