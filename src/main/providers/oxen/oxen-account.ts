import type { AccountReport } from '../../../shared/domain/account.ts'
import type { Answer, AskEnd } from '../http/http.ts'
import { readAnswer } from '../answers.ts'
import { oxenList, oxenModel } from './answers.ts'
import { oxenVerdict, readOxenError } from './oxen-errors.ts'
import type { LiveRate } from '../provider.ts'
import { problemOf } from '../verdict.ts'

const report = (verdict: AccountReport['verdict'], message: string): AccountReport => ({
  verdict,
  message,
  packs: [],
})

/** What the list of tasks, which is free, tells about the key. */
export function oxenReport(end: AskEnd): AccountReport {
  if (end.kind === 'silent') return report('undecided', `Oxen.ai did not answer (${end.why}).`)
  const error = readOxenError(end.answer.body)
  if (!error && end.answer.status === 200 && readAnswer(end.answer.body, oxenList))
    return report('works', 'Oxen.ai accepts the key.')
  const verdict = error && oxenVerdict(end.answer.status, error)
  if (verdict && problemOf(verdict, '').code === 'account-key')
    return report('refused', 'Oxen.ai did not accept the key.')
  return report('undecided', `Oxen.ai gave no clear answer (HTTP ${String(end.answer.status)}).`)
}

/** In dollars a second; a take at such a rate is no take that anybody means to make. */
const absurd = 100

/**
 * What a second costs. Which of several rates applies to this model is not documented: the highest is taken, so that
 * an estimate may be too high but not too low.
 */
export function oxenRates(answer: Answer): readonly LiveRate[] | null {
  const pricing = answer.status === 200 ? readAnswer(answer.body, oxenModel)?.pricing : undefined
  if (pricing?.method !== 'per_video_output_second') return null
  const { cost_per_second, cost_per_second_high_res, cost_per_second_with_audio } = pricing
  const known = [cost_per_second, cost_per_second_high_res, cost_per_second_with_audio].filter(
    (rate) => rate > 0,
  )
  // One absurd rate makes the others doubtful too: rather no price than one that is too low.
  if (known.length === 0 || known.some((rate) => rate > absurd)) return null
  return [{ mode: 'pro', perSecond: Math.max(...known) }]
}
