import type { Finding } from '../../shared/rules/finding.ts'
import type { RuleId } from '../../shared/rules/rules.ts'

const flags: Readonly<Partial<Record<RuleId, string>>> = {
  'image.side.min': 'another --crop, or none',
  'image.side.max': 'another --crop, or none',
  'image.aspect': 'another --crop, or none',
  'clip.duration.min': 'a longer part with --in and --length',
  'clip.duration.max': 'a shorter --length, or --orientation video if it allows longer clips',
  'prompt.required': 'a prompt with --prompt',
  'prompt.length': 'a shorter --prompt',
  'negativePrompt.length': 'a shorter --negative-prompt, or none',
  'elements.count': 'fewer --element',
  'elements.orientation': '--orientation video, or no --element',
}

const flagOf = ({ rule, choices, measured }: Finding): string => {
  if (rule === 'clip.duration.min' && measured === 0) return 'an earlier --in'
  const named = Object.entries(flags).find(([known]) => known === rule)?.[1] ?? 'another setting'
  if (choices === undefined) return named
  return `${choices.map((choice) => `--short ${choice}`).join(' or ')}, or ${named}`
}

/** What to add to the command line about errors that only the user’s choice can fix. */
export const flagsFor = (errors: readonly Finding[]): string =>
  `Choose ${[...new Set(errors.map(flagOf))].join('; and ')}.`
