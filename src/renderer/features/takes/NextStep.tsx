import type { Take, TakeState } from '../../../shared/domain/take.ts'
import { wordsOf } from '../../../shared/text/take-status.ts'
import { useApp } from '../../state/store.ts'
import { ResultLife, TriesAgain } from './TimeLeft.tsx'
import { useTakeProvider, type TakeProvider } from './use-take-provider.ts'

const waitsToBeFetched: ReadonlySet<TakeState> = new Set<TakeState>([
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'HELD',
  'NEEDS_USER',
])

/** How long results are kept, where the provider says so in general and not yet of this one. */
function usualLife({ state, problem }: Take, { provider, model }: TakeProvider): string | null {
  const isThere = state === 'ACKED' || state === 'REMOTE_DONE'
  if (!isThere || problem !== null || !model || provider?.practice === true) return null
  return model.resultLife.startsWith('not stated')
    ? null
    : `The provider keeps the result for ${model.resultLife}.`
}

/** A task that was there before the studio was started went on without it. */
function WentOn({ take, at }: { readonly take: Take; readonly at: string }) {
  const startedAt = useApp((state) => state.about?.startedAt)
  if (take.state !== 'ACKED' || startedAt === undefined || take.since >= startedAt) return null
  return <>{`It went on at ${at} while Understudy was closed. `}</>
}

/** What happens next with a take by itself, and when. */
export function NextStep({ take }: { readonly take: Take }) {
  const made = useTakeProvider(take)
  const until = waitsToBeFetched.has(take.state) ? take.resultUntil : null
  const life = usualLife(take, made)
  const { next, can } = wordsOf(take)
  // Otherwise it stands beside the problem, or is what the ways out say.
  const shown = take.problem === null && take.state !== 'NEEDS_USER' ? can : null
  return (
    <p className="mt-2 text-xs text-faint">
      <WentOn take={take} at={made.provider?.name ?? 'the provider'} />
      {next}
      {shown !== null && ` ${shown}`}
      {take.heldUntil !== null && (
        <>
          {' '}
          <TriesAgain at={take.heldUntil} />
        </>
      )}
      {until !== null && (
        <>
          {' '}
          <ResultLife until={until} />
        </>
      )}
      {until === null && life !== null && ` ${life}`}
    </p>
  )
}
