import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'

/** Gives `work` a signal that also fires after `limit`. */
export async function withTimeLimit<T>(
  {
    clock,
    limit,
    signal,
  }: { readonly clock: Clock; readonly limit: Milliseconds; readonly signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const finished = new AbortController()
  const late = new AbortController()
  void clock.sleep(limit, finished.signal).then(() => {
    late.abort()
  })
  try {
    return await work(AbortSignal.any([signal, late.signal]))
  } finally {
    finished.abort()
  }
}
