import type { CheckReport } from '../../shared/domain/views.ts'
import type { Finding, PlanStep } from '../../shared/rules/finding.ts'

/** A warning adds nothing where the harder limit of the same rule is broken as well. */
export const isCovered = (finding: Finding, all: readonly Finding[]): boolean =>
  finding.level === 'warning' && all.some(({ rule, level }) => rule === finding.rule && level === 'error')

type Counts = { readonly problems: number; readonly warnings: number; readonly fixes: number }

/** What of a report is worth a number. */
export function countsOf({ findings, plan }: CheckReport): Counts {
  const open = findings.filter((finding) => !finding.fix && !isCovered(finding, findings))
  return {
    problems: open.filter(({ level }) => level === 'error').length,
    warnings: open.filter(({ level }) => level === 'warning').length,
    fixes: plan.length,
  }
}

const counted = (count: number, one: string): string =>
  `${String(count)} ${one}${count === 1 ? '' : /x$/.test(one) ? 'es' : 's'}`

/** "2 problems to fix", "Ready · 3 fixes, 1 warning", "Ready · both files fit". */
export function readyWords(report: CheckReport): string {
  const { problems, warnings, fixes } = countsOf(report)
  if (problems > 0) return `${counted(problems, 'problem')} to fix`
  const parts = [
    ...(fixes > 0 ? [counted(fixes, 'fix')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ]
  return `Ready · ${parts.length === 0 ? 'both files fit' : parts.join(', ')}`
}

/** What is in the fold of the checks. */
export function checksWords(report: CheckReport | null): string {
  if (!report) return ''
  const { problems, warnings } = countsOf(report)
  const parts = [
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ]
  if (parts.length > 0) return parts.join(', ')
  const passed = report.findings.filter(({ level }) => level === 'pass').length
  return `${String(passed)} passed ✓`
}

/** What is enlarged, and so looks softer: the one fix that a paid take has to be worth. */
export const enlargedIn = (report: CheckReport | null): readonly PlanStep[] =>
  report?.plan.filter(({ step }) => step === 'scale-up') ?? []

/** "3 fixes, no loss", "2 fixes, 1 with some loss". */
export function fixesWords(report: CheckReport | null): string {
  if (!report || report.verdict === 'refused') return ''
  const { plan } = report
  if (plan.length === 0) return 'none needed ✓'
  const lossy = plan.filter(({ cost }) => cost !== 'none').length
  return `${counted(plan.length, 'fix')}, ${lossy === 0 ? 'no loss' : `${String(lossy)} with some loss`}`
}
