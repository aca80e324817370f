import { useRef, useState, useEffect } from 'react'
import type { CheckReport } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { useApp } from '../../state/store.ts'
import { deliveryObstacle, deliveryView, orderKey } from '../../state/delivery.ts'
import { inputsKey, chosenProvider } from '../../state/inputs.ts'
import { chosenAccount, isKeyed } from '../../state/accounts.ts'
import type { FoldName } from '../../state/folds.ts'
import type { MediaKind } from '../../../shared/domain/media.ts'
import { readyWords } from '../../lib/report-words.ts'
import type { Estimate } from '../../../shared/domain/money.ts'
import { desktop } from '../../lib/desktop.ts'
import { text } from './text.ts'

type ReadinessView = {
  readonly connected: boolean
  readonly mediaTools: boolean
  readonly reading: boolean
  readonly hasCharacter: boolean
  readonly hasClip: boolean
  /** What keeps the files from reaching the provider. */
  readonly obstacle: string | null
  /** The account that pays has its key. */
  readonly account: boolean
  /** The findings on show, or null while they are older than the inputs. */
  readonly report: CheckReport | null
  readonly checkProblem: Problem | null
  readonly sending: boolean
  readonly takeId: string | null
}

/** Where what is missing can be given: a part of the desk, or the place of a file. */
export type Place = FoldName | MediaKind

export type Readiness =
  | { readonly ready: true; readonly takeId: string }
  | { readonly ready: false; readonly reason: string; readonly place: Place | null }

const not = (reason: string, place: Place | null = null): Readiness => ({ ready: false, reason, place })

function missingInput({ hasCharacter, hasClip }: ReadinessView): Readiness | null {
  if (!hasCharacter && !hasClip) return not(text.addBoth, 'character')
  if (!hasCharacter) return not(text.addCharacter, 'character')
  if (!hasClip) return not(text.addClip, 'clip')
  return null
}

/** Whether the take on the screen can be sent, and if not, what is missing first. */
function readiness(view: ReadinessView): Readiness {
  if (!view.connected) return not(text.notResponding)
  if (!view.mediaTools) return not(text.noMediaTools)
  if (view.sending) return not('Sending…')
  if (view.reading) return not(text.reading)
  const missing = missingInput(view)
  if (missing !== null) return missing
  if (view.obstacle !== null) return not(view.obstacle, view.account ? 'files' : 'provider')
  if (view.checkProblem) return not(view.checkProblem.message)
  const { report, takeId } = view
  if (!report) return not(text.checking)
  if (report.verdict === 'refused') {
    return not(readyWords(report), 'checks')
  }
  if (report.estimate === null || takeId === null) return not(text.checking)
  return { ready: true, takeId }
}

/** Whether the take can be sent with everything as it is in the window now. */
function useReadiness(): Readiness {
  const connected = useApp((state) => state.connected)
  const mediaTools = useApp((state) => state.about?.mediaTools ?? true)
  const reading = useApp((state) => state.reading.character !== null || state.reading.clip !== null)
  const hasCharacter = useApp((state) => state.character !== null)
  const hasClip = useApp((state) => state.clip !== null)
  const obstacle = useApp((state) => deliveryObstacle(deliveryView(state)))
  const account = useApp((state) => isKeyed(chosenAccount(state)))
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
    obstacle,
    account,
    report,
    checkProblem,
    sending,
    takeId,
  })
}

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
  title: text.changed,
  advice: text.checkCostAgain,
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

const pauseMilliseconds = 150

/** Checks the inputs shortly after they stop changing, and again when an answer was used up or the line came back. */
export function useLiveCheck(): void {
  const key = useApp(inputsKey)
  const current = useApp((state) => state.checked?.key === inputsKey(state))
  const connected = useApp((state) => state.connected)
  const runCheck = useApp((state) => state.runCheck)
  useEffect(() => {
    if (current || !connected) return
    const timer = setTimeout(() => void runCheck(), pauseMilliseconds)
    return () => {
      clearTimeout(timer)
    }
  }, [key, current, connected, runCheck])
}
