import { fail, type Problem } from '../../../shared/outcome.ts'
import type { Doubt } from './place.ts'

const reasons: Readonly<Record<Doubt, string>> = {
  'other-computer': 'This library comes from another computer',
  copy: 'This library is a copy, or was restored from one',
  unnoted: 'This library was last used by an older Understudy, which didn’t record where it belongs',
}

export const maybeSentFromCopy = (doubt: Doubt): Problem =>
  fail(
    'consent-needed',
    `${reasons[doubt]}. Another copy may have sent this take, so it isn’t sent from here without your agreement.`,
    { advice: 'Check the other copy or the provider. Submit the take again if you still want it.' },
  ).problem

export function becameDrafts(doubt: Doubt, ids: readonly string[]): Problem {
  const takes = ids.length === 1 ? '1 take that was' : `${String(ids.length)} takes that were`
  return fail(
    'consent-needed',
    `${reasons[doubt]}: ${takes} not sent yet became ${ids.length === 1 ? 'a draft' : 'drafts'} again.`,
    {
      advice: `Another copy may have sent ${ids.length === 1 ? 'it' : 'them'}. Check there or at the provider, then submit what you still want.`,
      detail: ids.join('\n'),
    },
  ).problem
}
