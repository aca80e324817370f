import { basename } from 'node:path'
import type { CheckReport } from '../../shared/contract.ts'
import type { CharacterFacts, ClipFacts } from '../../shared/media.ts'
import { fail, ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { check, isChoice, subjectOf, verdictOf, type CheckInputs } from '../../shared/rules/check.ts'
import { estimateOf, type Prices } from '../../shared/rules/estimate.ts'
import { findModel } from '../../shared/rules/models.ts'
import { planOf } from '../../shared/rules/plan.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import type { Media } from '../media/media.ts'
import type { Call, Inputs } from '../studio-types.ts'

export type Judged = {
  readonly report: CheckReport
  /** Why these inputs cannot go on; null when they are ready or the plan makes them fit. */
  readonly refused: Problem | null
  readonly facts: { readonly character: CharacterFacts | null; readonly clip: ClipFacts | null }
  readonly rules: ModelRules
  readonly held: CheckInputs
}

async function characterFacts(media: Media, path: string, call: Call): Promise<Outcome<CharacterFacts>> {
  const facts = await media.inspect(path, { signal: call.signal })
  if (!facts.ok) return facts
  if (facts.value.kind === 'character') return ok(facts.value)
  return fail('not-an-image', `${basename(path)} is a video, but the character has to be an image.`, {
    advice: 'Choose a JPEG or PNG image as the character.',
  })
}

async function clipFacts(media: Media, path: string, call: Call): Promise<Outcome<ClipFacts>> {
  const facts = await media.inspect(path, { signal: call.signal })
  if (!facts.ok) return facts
  if (facts.value.kind === 'clip') return ok(facts.value)
  return fail('not-a-video', `${basename(path)} is an image, but the clip has to be a video.`, {
    advice: 'Choose an MP4 or MOV video as the clip.',
  })
}

/** Why these inputs cannot go on; null when the app can make them fit by itself. */
function refusal(report: CheckReport, held: CheckInputs): Problem | null {
  if (report.verdict !== 'refused') return null
  const errors = report.findings.filter((finding) => finding.level === 'error' && finding.fix === undefined)
  const message = errors.map((finding) => finding.message).join(' ')
  if (errors.every((finding) => isChoice(finding, held))) {
    return { code: 'fix-needed', message, advice: 'Change these settings and try again.' }
  }
  const targets = [...new Set(errors.map((finding) => finding.target))]
  return { code: 'input-refused', message, advice: `Choose another ${targets.join(' and another ')}.` }
}

/** Measures both inputs and holds them against the rules of the chosen model. */
export async function judge(
  media: Media,
  inputs: Inputs,
  prices: Prices,
  call: Call,
): Promise<Outcome<Judged>> {
  const { settings } = inputs
  const rules = findModel(settings.provider, settings.model)
  if (!rules) {
    return fail('usage', `There is no model ${settings.model} of a provider ${settings.provider}.`, {
      advice: 'The list of providers names every model.',
    })
  }
  const character = inputs.character === null ? ok(null) : await characterFacts(media, inputs.character, call)
  if (!character.ok) return character
  const clip = inputs.clip === null ? ok(null) : await clipFacts(media, inputs.clip, call)
  if (!clip.ok) return clip
  const held: CheckInputs = {
    character: character.value,
    clip: clip.value,
    asked: inputs.window,
    settings,
    scan: null,
  }
  const findings = check(held, rules)
  const { window } = subjectOf(held, rules)
  const report: CheckReport = {
    provider: rules.provider,
    model: rules.model,
    orientation: settings.orientation,
    verdict: verdictOf(findings),
    findings,
    plan: planOf(held, rules),
    estimate: window && estimateOf(rules, settings, window.length, prices),
    window,
  }
  return ok({
    rules,
    held,
    report,
    refused: refusal(report, held),
    facts: { character: character.value, clip: clip.value },
  })
}
