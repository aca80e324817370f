import type { FindingId, FixId, PlanStep, Target, Finding } from '../../shared/rules/finding.ts'
import { boundOf } from '../../shared/rules/providers.ts'
import { inUnit } from '../../shared/rules/sentence.ts'
import { isHint } from './hints.ts'

/** How the app fixes a finding automatically, after "Understudy". */
export const fixWords: Readonly<Record<FixId, string>> = {
  trim: 'trims it to the part that fits.',
  're-encode': 're-encodes the clip.',
  remux: 'rewrites the clip’s container.',
  compress: 'compresses the clip.',
  'scale-down': 'makes it smaller.',
  'scale-up': 'enlarges it, which looks softer.',
  'slow-down': 'slows the part down.',
  boomerang: 'plays the part forward, then backward.',
  loop: 'repeats the part.',
  'convert-image': 'converts the character.',
  pad: 'adds a border to the character.',
  crop: 'crops the character to fit.',
}

/** What the user can do about a finding that the app can't fix. */
export const adviceWords: Readonly<Record<FindingId, string>> = {
  'image.format': 'Choose an image in one of these formats.',
  'image.bytes': 'Choose a smaller image.',
  'image.side.min': 'Choose an image with more pixels.',
  'image.side.max': 'Choose an image with fewer pixels.',
  'image.aspect': 'Crop the character to a less extreme shape.',
  'clip.format': 'Choose a clip in one of these formats.',
  'clip.codec': 'Choose a clip in one of these formats.',
  'clip.bytes': 'Choose a shorter or smaller clip.',
  'clip.side.min': 'Choose a clip with more pixels.',
  'clip.side.max': 'Choose a clip with fewer pixels.',
  'clip.duration.min': 'Choose a longer part, or a longer clip.',
  'clip.duration.max': 'Choose a shorter part below, or Video orientation, which allows longer ones.',
  'clip.frameRate': 'Choose a clip with a lower frame rate.',
  'clip.cuts': 'Choose a part without cuts.',
  'prompt.required': 'Write a prompt.',
  'prompt.length': 'Shorten the prompt.',
  'negativePrompt.length': 'Shorten the negative prompt.',
  'elements.count': 'Use fewer elements.',
  'elements.orientation': 'Choose Video orientation, or remove the element.',
  'output.length': 'Choose a shorter part of the clip.',
  'clip.jumps': 'Choose a part in which the camera moves smoothly.',
  'clip.frozen': 'Choose a part with motion throughout.',
  'clip.still': 'Choose a part with more motion, or a shorter one.',
  'clip.black': 'Choose a part without black frames.',
  'clip.motion': 'Choose a calmer part.',
  'framing.body': 'Choose a character and a clip that show the same amount of the body.',
}

/** Signs would state what a broken limit shows to be false: “16 s ≤ 10 s”. */
const boundWords = {
  max: 'at most',
  min: 'at least',
  oneOf: 'allowed:',
  range: 'allowed:',
  present: '',
} as const

const things: Readonly<Record<Target, string>> = {
  character: 'character',
  clip: 'clip',
  settings: 'settings',
}

/** What a step of the plan does, as a heading. */
export function stepWords({ step, target }: PlanStep): string {
  switch (step) {
    case 'trim':
      return 'Trim to the performed part'
    case 're-encode':
      return 'Re-encode the clip'
    case 'remux':
      return 'Rewrite the clip’s container'
    case 'compress':
      return 'Compress the clip'
    case 'scale-down':
      return `Make the ${things[target]} smaller`
    case 'convert-image':
      return 'Convert the character'
    case 'scale-up':
      return `Enlarge the ${things[target]}`
    case 'slow-down':
      return 'Slow the part down'
    case 'boomerang':
      return 'Play forward, then backward'
    case 'loop':
      return 'Repeat the part'
    case 'pad':
      return 'Add a border to the character'
    case 'crop':
      return 'Crop the character to fit'
    case 'strip-metadata':
      return `Remove hidden data from the ${things[target]}`
  }
}

const limitOf = (finding: Finding) => {
  if (isHint(finding)) return '–'
  const { limit, rule, unit } = finding
  return limit === null ? 'no limit stated' : `${boundWords[boundOf(rule)]} ${inUnit(limit, unit)}`.trim()
}

/** Measured value beside limit, as a table shows them. */
export const valuesOf = (finding: Finding): { readonly measured: string; readonly limit: string } => ({
  measured: finding.measured === null ? '–' : inUnit(finding.measured, finding.unit),
  limit: limitOf(finding),
})
