import type { MediaFacts } from '../../../shared/domain/media.ts'
import { formatEstimate } from '../../../shared/domain/money.ts'
import type { Finding, Level, PlanStep, Verdict } from '../../../shared/rules/finding.ts'
import { makesFit } from '../../../shared/rules/plan.ts'
import { inUnit } from '../../../shared/rules/sentence.ts'
import { formatBytes, formatSeconds } from '../../../shared/units.ts'
import type { CheckedInputs } from '../../prepare/types.ts'
import { table } from '../output.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { using, type Session } from '../session.ts'
import { partOf } from '../performed-part.ts'
import type { CheckRequest } from '../requests.ts'

const marks: Readonly<Record<Level, { readonly terminal: string; readonly plain: string }>> = {
  pass: { terminal: '✓', plain: 'ok' },
  info: { terminal: '·', plain: 'info' },
  warning: { terminal: '!', plain: 'warning' },
  error: { terminal: '✗', plain: 'error' },
}

const verdicts: Readonly<Record<Verdict, string>> = {
  ready: 'Ready: both inputs fit.',
  fixable: 'Fixable: the plan will make the inputs fit.',
  refused: 'Refused: something doesn’t fit, and no plan can fix it.',
}

const readyAsPlanned = 'Ready: Understudy will make the inputs fit as planned.'
const yourChoice = 'Refused for now: something doesn’t fit. Choose how to make it fit.'

const shown = (value: number | string | null, finding: Finding) =>
  value === null ? '-' : inUnit(value, finding.unit)

function formatFindings(findings: readonly Finding[], terminal: boolean): string {
  return table(
    findings.map((finding) => [
      marks[finding.level][terminal ? 'terminal' : 'plain'],
      finding.rule,
      shown(finding.measured, finding),
      `limit ${shown(finding.limit, finding)}`,
      finding.level === 'pass' ? '' : finding.message,
    ]),
  )
}

function formatFacts(facts: MediaFacts): string {
  const size = `${String(facts.width)} × ${String(facts.height)} px, ${formatBytes(facts.bytes)}`
  if (facts.kind === 'character') return `Character: ${facts.format}, ${size}`
  const rate = `${String(Number(facts.frameRate.toFixed(2)))} frames per second`
  const unread = facts.unreadSounds.length > 0 ? ` that can be read (${facts.unreadSounds.join(', ')})` : ''
  const sound = facts.audio === null ? `no sound${unread}` : `sound ${facts.audio.codec}`
  return `Clip: ${facts.container} with ${facts.codec}, ${size}, ${formatSeconds(facts.duration)}, ${rate}, ${sound}`
}

const qualityOf = ({ cost }: PlanStep) => (cost === 'none' ? 'no quality loss' : `quality: ${cost}`)

export const formatPlan = (plan: readonly PlanStep[]): string =>
  ['Plan:', ...plan.map((step) => `  ${step.target}: ${step.step} (${qualityOf(step)}). ${step.why}`)].join(
    '\n',
  )

/** The report as a person reads it: facts, findings with measured beside limit, plan, cost, verdict. */
export function formatCheck({ report, facts, refused }: CheckedInputs, terminal: boolean): string {
  const lines = [`${report.provider} ${report.model}, orientation ${report.orientation}`]
  for (const fact of [facts.character, facts.clip]) if (fact) lines.push(formatFacts(fact))
  lines.push('', formatFindings(report.findings, terminal))
  if (report.plan.length > 0) lines.push('', formatPlan(report.plan))
  lines.push('')
  if (report.estimate) lines.push(`Cost: ${formatEstimate(report.estimate).replace(/^cost /, '')}`)
  const planned =
    report.verdict === 'ready' && makesFit(report.plan) ? readyAsPlanned : verdicts[report.verdict]
  lines.push(refused?.code === 'fix-needed' ? yourChoice : planned)
  return lines.join('\n')
}

export const planForPrograms = (plan: readonly PlanStep[]) =>
  plan.map(({ step, why, cost }) => ({ step, why, cost }))

const findingForPrograms = ({ rule, target, level, measured, limit, unit, message, fix }: Finding) => ({
  rule,
  target,
  level,
  measured,
  limit,
  unit,
  message,
  ...(fix !== undefined && { fix }),
})

const checkForPrograms = ({ report, facts }: CheckedInputs) => ({
  provider: report.provider,
  model: report.model,
  orientation: report.orientation,
  verdict: report.verdict,
  findings: report.findings.map(findingForPrograms),
  plan: planForPrograms(report.plan),
  facts,
})

/** Says what the rules make of a character and a clip; changes nothing. */
export function runCheck(request: CheckRequest, session: Session): Promise<ExitCode> {
  const { printer, signal } = session
  return using(session, session.openWorkshop(), async (workshop) => {
    const { character, clip, settings } = request
    const part = await partOf(workshop, request, signal)
    const checked = part.ok
      ? await workshop.check({ character, clip, settings, window: part.value }, { signal })
      : part
    if (checked.ok) {
      printer.value(checkForPrograms(checked.value))
      printer.line(formatCheck(checked.value, printer.terminal))
    }
    const problem = checked.ok ? checked.value.refused : checked.problem
    if (problem === null) return exitCodes.done
    printer.problem(problem)
    return exitCodeOf(problem)
  })
}
