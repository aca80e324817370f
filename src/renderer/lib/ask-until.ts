import type { CallAnswer, CallArgs, CallName } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import { desktop } from './desktop.ts'

export type Until = {
  /** Once it fires, the core is told to stop; what it answers then is a cancelled call. */
  readonly signal: AbortSignal
  readonly onProgress?: (fraction: Fraction | null) => void
}

/** Asks the core for something that takes long, for as long as the answer is wanted. */
export async function askUntil<N extends CallName>(
  name: N,
  args: CallArgs<N>,
  { signal, onProgress }: Until,
): Promise<Outcome<CallAnswer<N>>> {
  const { ask, listen } = desktop()
  const call = crypto.randomUUID()
  const cancel = () => void ask['call:cancel']({ call })
  const unfollow =
    onProgress &&
    listen['call:progress'](({ call: of, fraction }) => {
      if (of === call) onProgress(fraction)
    })
  const answer = ask[name](args, call)
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel)
  try {
    return await answer
  } finally {
    signal.removeEventListener('abort', cancel)
    unfollow?.()
  }
}
