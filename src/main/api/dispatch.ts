import { callId, calls, type CallAnswer, type CallArgs, type CallName } from '../../shared/contract.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { visibleIn } from '../../shared/text/visible-text.ts'
import type { Log } from '../system/ports.ts'
import type { Call } from '../prepare/types.ts'
import type { Gate } from './gate.ts'
import { badArguments, badCallId, callStillRunning, unexpectedError, unknownCall } from './problems.ts'

type Handler<N extends CallName> = (args: CallArgs<N>, call: Call) => Promise<Outcome<CallAnswer<N>>>
export type Handlers = { readonly [N in Exclude<CallName, 'call:cancel'>]: Handler<N> }

/**
 * The only way into the core. The answer can be shown as it is. An unknown call, bad arguments or a thrown error
 * come back as a problem.
 */
export type Dispatch = {
  readonly ask: (name: unknown, args: unknown, id?: unknown) => Promise<Outcome<unknown>>
  /** Cancels every call still running, for example when the window closes. */
  readonly cancelAll: () => void
}

type Wiring = {
  /** Asked for with each call: a move of the library that failed brings others. */
  readonly handlers: () => Handlers
  readonly gate: Gate
  readonly announceProgress: (progress: { readonly call: string; readonly fraction: number | null }) => void
  readonly log: Log
}

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)

export function createDispatch({ handlers, gate, announceProgress, log }: Wiring): Dispatch {
  const running = new Map<string, AbortController>()

  const cancel: Handler<'call:cancel'> = (args) => {
    running.get(args.call)?.abort()
    return Promise.resolve(ok(null))
  }

  const handlerOf = (name: CallName) => (name === 'call:cancel' ? cancel : handlers()[name])

  async function run<N extends CallName>(
    name: N,
    raw: unknown,
    id: string | undefined,
  ): Promise<Outcome<unknown>> {
    const args = calls[name].args.safeParse(raw)
    if (!args.success) return badArguments(name, args.error.message)
    if (id !== undefined && running.has(id)) return callStillRunning
    const controller = new AbortController()
    if (id !== undefined) running.set(id, controller)
    try {
      // The schema of `name` has accepted these arguments; TypeScript can’t follow that through the table.
      const handler = handlerOf(name) as (args: unknown, call: Call) => Promise<Outcome<unknown>>
      const outcome = await handler(args.data, {
        signal: controller.signal,
        onProgress: (fraction) => {
          if (id !== undefined) announceProgress({ call: id, fraction })
        },
      })
      return visibleIn(outcome)
    } catch (error) {
      log(`${name} failed unexpectedly`, { error })
      return unexpectedError
    } finally {
      if (id !== undefined) running.delete(id)
    }
  }

  return {
    ask: (name, args, id) => {
      if (!isCallName(name)) return Promise.resolve(unknownCall)
      const parsed = callId.optional().safeParse(id ?? undefined)
      if (!parsed.success) return Promise.resolve(badCallId)
      const answer = () => run(name, args, parsed.data)
      if (name === 'call:cancel') return answer()
      const refusal = gate.why()
      // It waits until everything else has ended.
      if (name === 'library:move' && refusal === null) return answer()
      return gate.admit(answer)
    },
    cancelAll: () => {
      for (const controller of running.values()) controller.abort()
    },
  }
}
