import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { CallAnswer, CallArgs, CallName } from '../../shared/contract.ts'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import { askUntil } from './ask-until.ts'
import { desktop } from './desktop.ts'

type CallState<N extends CallName> = {
  readonly pending: boolean
  /** The newest answer. It stays until the next one, also while that is pending or after it failed. */
  readonly answer: CallAnswer<N> | null
  readonly problem: Problem | null
  /** Whether the newest call succeeded; some answer with nothing. */
  readonly done: boolean
  /** How far the pending call is, of a cancellable one; null while it does not say. */
  readonly progress: Fraction | null
}

export type Call<N extends CallName> = CallState<N> & {
  readonly run: (args: CallArgs<N>) => Promise<Outcome<CallAnswer<N>>>
  /** Drops the answer, the problem, and what a pending call will answer. */
  readonly forget: () => void
}

type CallOptions = {
  /** Cancels a pending call in the core once its answer would be dropped, and follows its progress. */
  readonly cancellable?: boolean
}

const idle = { pending: false, answer: null, problem: null, done: false, progress: null } as const

/**
 * A call of the core from a component. With arguments it is made now and again when they change, else by `run`. Only the
 * newest call is shown, and nothing after the component is gone.
 */
export function useCall<N extends CallName>(
  name: N,
  args?: CallArgs<N>,
  { cancellable = false }: CallOptions = {},
): Call<N> {
  const key = args === undefined ? null : JSON.stringify(args)
  // Pending until the answer to these arguments is in.
  const [state, setState] = useState<CallState<N> & { readonly to: string | null }>({ ...idle, to: null })
  const dropped = useRef<(() => void) | null>(null)

  const drop = useCallback(() => {
    dropped.current?.()
    dropped.current = null
  }, [])

  const send = useCallback(
    async (asked: CallArgs<N>, to: string | null): Promise<Outcome<CallAnswer<N>>> => {
      drop()
      const stop = new AbortController()
      const onProgress = (progress: Fraction | null) => {
        if (!stop.signal.aborted) setState((before) => ({ ...before, progress }))
      }
      const current = () => {
        stop.abort()
      }
      dropped.current = current
      const outcome = cancellable
        ? await askUntil(name, asked, { signal: stop.signal, onProgress })
        : await desktop().ask[name](asked)
      if (dropped.current !== current) return outcome
      dropped.current = null
      setState(({ answer }) =>
        outcome.ok
          ? { ...idle, to, answer: outcome.value, done: true }
          : { ...idle, to, answer, problem: outcome.problem },
      )
      return outcome
    },
    [name, cancellable, drop],
  )

  const start = useEffectEvent(() => {
    if (args !== undefined) void send(args, key)
  })
  useEffect(() => {
    start()
    return drop
  }, [key, drop])

  const { to, ...shown } = state
  return {
    ...shown,
    pending: shown.pending || to !== key,
    run: (asked) => {
      setState(({ answer }) => ({ ...idle, pending: true, to: key, answer }))
      return send(asked, key)
    },
    forget: () => {
      drop()
      setState({ ...idle, to: key })
    },
  }
}

/** How far a call is that the window's state made; null while it does not say. */
export function useCallProgress(call: string | null): Fraction | null {
  const [latest, setLatest] = useState<{ readonly call: string; readonly fraction: Fraction | null } | null>(
    null,
  )
  useEffect(() => desktop().listen['call:progress'](setLatest), [])
  return latest !== null && latest.call === call ? latest.fraction : null
}
