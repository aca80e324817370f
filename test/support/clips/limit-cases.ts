import type { Finding } from '../../../src/shared/rules/finding.ts'
import { orientations } from '../../../src/shared/domain/take.ts'
import { expectations, type Bound } from './expected-limits.ts'

/** Every model by either orientation, with what is expected of it. */
export const models = expectations.flatMap((expected) =>
  expected.models.flatMap(([provider, model]) =>
    orientations.map((orientation) => ({ provider, model, orientation, expected })),
  ),
)
export type Case = (typeof models)[number]

export const most = ({ limit, level, within }: Bound, value: number) => (value > limit ? level : within)
export const least = ({ limit, level, within }: Bound, value: number) => (value < limit ? level : within)
/** What a file was made for is the number in its name. */
export const number = (name: string) => Number(/\d+/.exec(name)?.[0])

export type Level = Finding['level']
const order: readonly Level[] = ['pass', 'info', 'warning', 'error']

/** The worst that is said of a rule. */
export const worst = (findings: readonly Finding[]) =>
  findings.map(({ level }) => level).toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0]
