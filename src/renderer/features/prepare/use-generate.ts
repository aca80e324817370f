import { useState } from 'react'
import type { Estimate } from '../../../shared/money.ts'
import { useApp } from '../../app/store.ts'
import { inputsKey } from './inputs-slice.ts'
import { readiness, type Readiness } from './readiness.ts'

export type GenerateControl = {
  readonly state: Readiness
  readonly estimate: Estimate | null
  /** The cost that waits for the user's yes. */
  readonly asking: Estimate | null
  /** Starts at once what is free, and asks about everything else. */
  readonly press: () => void
  readonly confirm: () => void
  readonly decline: () => void
}

function useReadiness(): Readiness {
  const connected = useApp((state) => state.connected)
  const mediaTools = useApp((state) => state.about?.mediaTools ?? true)
  const reading = useApp((state) => state.reading.character !== null || state.reading.clip !== null)
  const hasCharacter = useApp((state) => state.character !== null)
  const hasClip = useApp((state) => state.clip !== null)
  const current = useApp((state) => state.checked?.key === inputsKey(state))
  const checked = useApp((state) => state.checked)
  const sending = useApp((state) => state.sending)
  const takeId = useApp((state) => state.nextTakeId)
  const report = current ? (checked?.report ?? null) : null
  const checkProblem = current ? (checked?.problem ?? null) : null
  return readiness({
    connected,
    mediaTools,
    reading,
    hasCharacter,
    hasClip,
    report,
    checkProblem,
    sending,
    takeId,
  })
}

export function useGenerate(): GenerateControl {
  const state = useReadiness()
  const estimate = useApp(({ checked }) => checked?.report?.estimate ?? null)
  const generate = useApp((app) => app.generate)
  const [asking, setAsking] = useState<Estimate | null>(null)
  return {
    state,
    estimate,
    asking,
    press: () => {
      if (!state.ready || !estimate) return
      if (estimate.amount === 0) void generate(0, false)
      else setAsking(estimate)
    },
    confirm: () => {
      setAsking(null)
      // The inputs may have changed under the question; only what was asked about is sent.
      if (state.ready && asking) void generate(asking.amount, false)
    },
    decline: () => {
      setAsking(null)
    },
  }
}
