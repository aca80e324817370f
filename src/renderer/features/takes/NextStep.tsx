import type { Take, TakeState } from '../../../shared/take.ts'
import { takeWords } from './take-words.ts'
import { useTakeProvider, type TakeProvider } from './use-take-provider.ts'

const accountIsFull =
  'The account already runs as many takes as allowed; this one is sent by itself as soon as one of them ends.'

function nextOf({ state }: Take, { provider }: TakeProvider): string {
  const paid = provider !== undefined && !provider.practice
  return state === 'READY' && paid ? accountIsFull : takeWords[state].next
}

const waitsToBeFetched: ReadonlySet<TakeState> = new Set<TakeState>([
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'HELD',
])
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** How long there is to fetch the result, where the provider says so. */
function resultLifeOf({ state, resultUntil }: Take, { provider, model }: TakeProvider): string | null {
  if (resultUntil !== null && waitsToBeFetched.has(state))
    return `The provider keeps the result until ${dayAndTime.format(new Date(resultUntil))}.`
  const isThere = state === 'ACKED' || state === 'REMOTE_DONE'
  if (!isThere || !model || provider?.practice === true) return null
  return model.resultLife.startsWith('not stated')
    ? null
    : `The provider keeps the result for ${model.resultLife}.`
}

/** What happens next with a take, and who does it. */
export function NextStep({ take }: { readonly take: Take }) {
  const made = useTakeProvider(take)
  const life = resultLifeOf(take, made)
  return (
    <p className="mt-2 text-xs text-faint">
      {nextOf(take, made)}
      {life !== null && ` ${life}`}
    </p>
  )
}
