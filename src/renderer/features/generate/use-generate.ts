import { useRef, useState } from 'react'
import type { Estimate } from '../../../shared/domain/money.ts'
import { useApp } from '../../state/store.ts'
import { desktop } from '../../lib/desktop.ts'
import { orderKey } from '../../state/delivery.ts'
import { chosenProvider } from '../../state/inputs.ts'
import { type Readiness } from './readiness.ts'
import { useReadiness } from './use-readiness.ts'

/** A cost that waits for the user's yes. */
export type Asking = {
  readonly estimate: Estimate
  /** The user's own limits that it would pass, as sentences. */
  readonly guards: readonly string[]
  /** What the yes is about. */
  readonly order: string
}

export type GenerateControl = {
  readonly state: Readiness
  readonly estimate: Estimate | null
  readonly asking: Asking | null
  /** Starts at once what is free, and asks about everything else. */
  readonly press: () => void
  readonly confirm: () => void
  readonly decline: () => void
}

const changed = {
  tone: 'warn',
  title: 'Something changed before your yes, so nothing was sent.',
  advice: 'Look at the cost again and generate once more.',
} as const

export function useGenerate(): GenerateControl {
  const state = useReadiness()
  const estimate = useApp(({ checked }) => checked?.report?.estimate ?? null)
  const practice = useApp((app) => chosenProvider(app)?.practice === true)
  const generate = useApp((app) => app.generate)
  const tell = useApp((app) => app.tell)
  const tellProblem = useApp((app) => app.tellProblem)
  const [asking, setAsking] = useState<Asking | null>(null)
  const looking = useRef(false)

  async function ask(about: Estimate): Promise<void> {
    if (looking.current) return
    looking.current = true
    const order = orderKey(useApp.getState())
    const guards = await desktop().ask['spend:guards']({ amount: about.amount })
    looking.current = false
    if (!guards.ok) tellProblem(guards.problem)
    else if (orderKey(useApp.getState()) === order)
      setAsking({ estimate: about, guards: guards.value, order })
  }

  return {
    state,
    estimate,
    asking,
    press: () => {
      if (!state.ready || !estimate) return
      if (practice && estimate.amount === 0) void generate(0, false)
      else void ask(estimate)
    },
    confirm: () => {
      setAsking(null)
      if (!asking) return
      const same = orderKey(useApp.getState()) === asking.order && estimate?.amount === asking.estimate.amount
      if (state.ready && same) void generate(asking.estimate.amount, asking.guards.length > 0)
      else tell(changed)
    },
    decline: () => {
      setAsking(null)
    },
  }
}
