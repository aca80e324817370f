import type { ClipFacts, CharacterFacts, Scan, Span } from '../../shared/domain/media.ts'
import type { Media } from '../media/media.ts'
import type { Call, Inputs } from './types.ts'
import type { CheckReport } from '../../shared/domain/views.ts'
import { cancelled, ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { check, isChoice, verdictOf } from '../../shared/rules/check.ts'
import { estimateOf, type Prices } from '../../shared/rules/estimate.ts'
import { findModel } from '../../shared/rules/models.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { planOf } from '../../shared/rules/plan.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import { subjectOf, type CheckInputs } from '../../shared/rules/subject.ts'
import { performedWindow } from '../../shared/rules/window.ts'
import {
  changeSettings,
  characterIsVideo,
  chooseAnother,
  clipIsImage,
  doing,
  unknownModel,
} from './problems.ts'

/** The scan of a part, cached or new; null where it is unknown. */
export type ScanOf = (path: string, facts: ClipFacts, part: Span, call: Call) => Promise<Scan | null>

const covers = (whole: Span, part: Span) => whole.start <= part.start && whole.end >= part.end

/**
 * Scans each part once; a scan of a longer part is used again. After a failure the result is unknown: a hint never
 * stops a check.
 */
export function createScanOf(media: Pick<Media, 'scan'>): ScanOf {
  const seen = new Map<string, Scan>()
  return async (path, facts, part, { signal }) => {
    const known = seen.get(path)
    if (known && covers(known.span, part)) return known
    const scan = await media.scan(path, facts, part, { signal })
    if (!scan.ok) return null
    seen.set(path, scan.value)
    return scan.value
  }
}

export type CheckedAgainst = {
  readonly report: CheckReport
  /** Why these inputs are refused; null when they are ready or Understudy can make them fit. */
  readonly refused: Problem | null
  readonly facts: { readonly character: CharacterFacts | null; readonly clip: ClipFacts | null }
  readonly rules: ModelRules
  readonly held: CheckInputs
}

async function characterFacts(media: Media, path: string, call: Call): Promise<Outcome<CharacterFacts>> {
  const facts = await media.inspect(path, { signal: call.signal })
  if (!facts.ok) return facts
  if (facts.value.kind === 'character') return ok(facts.value)
  return characterIsVideo(path)
}

export async function clipFacts(media: Media, path: string, call: Call): Promise<Outcome<ClipFacts>> {
  const facts = await media.inspect(path, { signal: call.signal }, 'clip')
  if (!facts.ok) return facts
  if (facts.value.kind === 'clip') return ok(facts.value)
  return clipIsImage(path)
}

/** How a check differs between the window and the command line. */
export type Ways = {
  readonly scanOf?: ScanOf | undefined
  /** Advice on errors that the user fixes with another choice. */
  readonly adviceOn?: ((errors: readonly Finding[]) => string) | undefined
}

/** Why these inputs are refused; null when Understudy can make them fit. */
function refusal(
  report: CheckReport,
  held: CheckInputs,
  { adviceOn = changeSettings }: Ways,
): Problem | null {
  if (report.verdict !== 'refused') return null
  const errors = report.findings.filter((finding) => finding.level === 'error' && finding.fix === undefined)
  const message = errors.map((finding) => finding.message).join(' ')
  if (errors.every((finding) => isChoice(finding, held)))
    return { code: 'fix-needed', message, advice: adviceOn(errors) }
  const targets = [...new Set(errors.map((finding) => finding.target))]
  return { code: 'input-refused', message, advice: chooseAnother(targets) }
}

type Measured = Pick<CheckInputs, 'character' | 'clip'>

async function measure(media: Media, inputs: Inputs, call: Call): Promise<Outcome<Measured>> {
  const character = inputs.character === null ? ok(null) : await characterFacts(media, inputs.character, call)
  if (!character.ok) return character
  const clip = inputs.clip === null ? ok(null) : await clipFacts(media, inputs.clip, call)
  if (!clip.ok) return clip
  return ok({ character: character.value, clip: clip.value })
}

async function findScan(
  { clip: path, window, settings }: Inputs,
  { clip }: Measured,
  rules: ModelRules,
  { scanOf }: Ways,
  call: Call,
): Promise<Scan | null> {
  if (path === null || clip === null || !scanOf) return null
  const { start, length } = performedWindow(clip, window, rules, settings.orientation)
  return length > 0 ? scanOf(path, clip, { start, end: start + length }, call) : null
}

/** Measures both inputs and checks them against the rules of the chosen model. */
export async function checkInputs(
  media: Media,
  inputs: Inputs,
  prices: Prices,
  call: Call,
  ways: Ways = {},
): Promise<Outcome<CheckedAgainst>> {
  const { settings } = inputs
  const rules = findModel(settings.provider, settings.model)
  if (!rules) return unknownModel(settings.provider, settings.model)
  const facts = await measure(media, inputs, call)
  if (!facts.ok) return facts
  const scan = await findScan(inputs, facts.value, rules, ways, call)
  if (call.signal?.aborted) return cancelled(doing.checking)
  const held: CheckInputs = { ...facts.value, asked: inputs.window, settings, scan }
  const findings = check(held, rules)
  const { window, sent } = subjectOf(held, rules)
  const report: CheckReport = {
    provider: rules.provider,
    model: rules.model,
    orientation: settings.orientation,
    verdict: verdictOf(findings),
    findings,
    plan: planOf(held, rules),
    estimate: sent === null ? null : estimateOf(rules, settings, sent, prices),
    window,
  }
  return ok({ rules, held, report, refused: refusal(report, held, ways), facts: facts.value })
}
