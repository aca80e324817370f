import { ulid } from 'ulid'
import type { CheckReport } from '../../shared/domain/views.ts'
import type { Problem } from '../../shared/outcome.ts'
import type { AppState, Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'
import { deliveryOf, deliveryToSend, deliveryView, draftNow } from './delivery.ts'
import { inputsKey, inputsOf } from './inputs.ts'

export type CheckSlice = {
  /** The newest answer of the check, with the inputs it was given. */
  readonly checked: {
    readonly key: string
    readonly report: CheckReport | null
    readonly problem: Problem | null
  } | null
  /** The id of the take that Generate would send: kept until the core has answered, so that it is sent once. */
  readonly nextTakeId: string | null
  readonly sending: boolean
  /** The pair of files of which the user has seen that they go together. */
  readonly seenByEye: string | null
  readonly setSeenByEye: (seen: boolean) => void
  readonly runCheck: () => Promise<void>
  /** `amount` is the cost the user saw, null when unknown; `passGuard` is the yes to passing a limit of their own. */
  readonly generate: (amount: number | null, passGuard: boolean) => Promise<void>
}

export const pairKey = ({ character, clip }: Pick<AppState, 'character' | 'clip'>): string =>
  `${character?.file.token ?? ''} ${clip?.file.token ?? ''}`

let checks = 0

export const createCheckSlice: Slice<CheckSlice> = (set, get) => ({
  checked: null,
  seenByEye: null,
  nextTakeId: null,
  sending: false,

  setSeenByEye: (seen) => {
    set({ seenByEye: seen ? pairKey(get()) : null })
  },

  runCheck: async () => {
    const inputs = inputsOf(get())
    const key = inputsKey(get())
    if (inputs.character === null && inputs.clip === null) {
      set({ checked: null })
      return
    }
    const nth = (checks += 1)
    const answer = await desktop().ask['take:check'](inputs)
    // An older answer knows less of the same inputs: the clip may have been looked through since.
    if (inputsKey(get()) !== key || nth !== checks) return
    set({
      checked: answer.ok
        ? { key, report: answer.value, problem: null }
        : { key, report: null, problem: answer.problem },
    })
    const complete = inputs.character !== null && inputs.clip !== null
    if (answer.ok && complete && answer.value.verdict !== 'refused' && get().nextTakeId === null)
      set({ nextTakeId: ulid() })
  },

  generate: async (amount, passGuard) => {
    const { character, clip, takeSettings, nextTakeId, sending } = get()
    if (!character || !clip || nextTakeId === null || sending) return
    const draft = draftNow(get())
    // A practice take sends no choice of a host, and must not make the next paid one forget it.
    set({ sending: true, deliveryDraft: draft })
    const answer = await desktop().ask['take:submit']({
      take: nextTakeId,
      character: character.file.token,
      clip: clip.file.token,
      window: get().performedWindow(),
      settings: takeSettings,
      delivery: deliveryToSend(deliveryView(get())),
      consent: { amount, passGuard },
    })
    // Without an answer from the core the take may have been taken in: the same id keeps a second press harmless.
    const answered = answer.ok || answer.problem.code !== 'internal'
    set({ sending: false, ...(answered && { nextTakeId: null, checked: null }) })
    if (!answer.ok) {
      get().tellProblem(answer.problem)
      return
    }
    get().putTake(answer.value)
    // It is followed where it was made: its result comes beside the reference.
    set({
      madeHere: { take: answer.value.id, pair: pairKey(get()) },
      stageTakeId: null,
      selection: { ids: [answer.value.id], anchor: answer.value.id },
    })
    void get().changeSettings({ lastTake: takeSettings, lastDelivery: deliveryOf(draft) })
  },
})
