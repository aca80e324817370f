import type { Finding, FixId, PlanStep, Target } from './finding.ts'

const pass = ({ level }: Finding) => level === 'pass'

/** The findings that a fix is there for, as their own sentences. */
export const because = (findings: readonly Finding[], fix: FixId): readonly string[] =>
  findings.filter((finding) => !pass(finding) && finding.fix === fix).map((finding) => finding.message)

/** A step where there is a reason for it. */
export const stepFor = (
  step: PlanStep['step'],
  target: Target,
  why: readonly string[],
  cost: string,
): readonly PlanStep[] => (why.length === 0 ? [] : [{ step, target, why: why.join(' '), cost }])

export const withoutMetadata = (target: Target): PlanStep => ({
  step: 'strip-metadata',
  target,
  why: 'Place, device and author are nobody else’s business.',
  cost: 'none',
})

/** True where something about the files is changed so that they fit, not only taken from around what is seen. */
export const makesFit = (plan: readonly PlanStep[]): boolean =>
  plan.some(({ step }) => step !== 'strip-metadata' && step !== 'remux')

/** "1.5 times". */
export const timesAs = (factor: number): string => `${String(Number(factor.toFixed(2)))} times`
