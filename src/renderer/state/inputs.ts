import type { AccountView } from '../../shared/domain/account.ts'
import type { ProviderView, FileRef } from '../../shared/domain/views.ts'
import { type FitChoices, type TakeSettings, defaultTakeSettings } from '../../shared/domain/take.ts'
import { accountsOf, findModel } from './accounts.ts'
import type { CallArgs } from '../../shared/contract.ts'
import type { ClipWindow, MediaKind } from '../../shared/domain/media.ts'
import { fail } from '../../shared/outcome.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import type { AppState, Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'
import {
  likelyKind,
  movingBeside,
  sortIntake,
  type CharacterInspection,
  type ClipInspection,
  type Inspected,
} from './intake.ts'
import { usedWindow, windowLimits } from './trim-window.ts'

const kept = <T>(value: T, choices: readonly T[]): T =>
  choices.includes(value) ? value : (choices[0] ?? value)

/** The account that was wanted, else the first of the provider; the wanted one stays while none is known. */
function fitAccount(wanted: TakeSettings, provider: string, accounts: readonly AccountView[]): string | null {
  const own = accountsOf(accounts, provider)
  const ids = own.map(({ account }) => account.id)
  if (wanted.account !== null && ids.includes(wanted.account)) return wanted.account
  return ids[0] ?? (wanted.provider === provider ? wanted.account : null)
}

/** A frame belongs to one picture, and a way to lengthen was chosen for one clip: a new file starts without them. */
const fitForNew = (
  fit: FitChoices,
  { character, clip }: { readonly character?: boolean; readonly clip?: boolean },
): FitChoices => ({ ...fit, ...(character && { crop: null }), ...(clip && { short: null }) })

/** What was wanted, as far as the model knows it; a model that is not there any more gives way to the first one. */
export function fitSettings(
  wanted: TakeSettings,
  providers: readonly ProviderView[],
  accounts: readonly AccountView[],
): TakeSettings {
  const model = findModel(providers, wanted) ?? providers[0]?.models[0]
  if (!model) return wanted
  const practice = providers.find(({ id }) => id === model.provider)?.practice === true
  return {
    ...wanted,
    provider: model.provider,
    account: practice ? null : fitAccount(wanted, model.provider, accounts),
    model: model.model,
    orientation: kept(wanted.orientation, model.orientations),
    mode: kept(wanted.mode, model.modes),
    negativePrompt: model.negativePrompt ? wanted.negativePrompt : '',
    elements: model.elements ? wanted.elements : [],
    watermark: model.watermark && wanted.watermark,
    callbackUrl: model.callback ? wanted.callbackUrl : null,
  }
}

export type Reading = { readonly name: string; readonly callId: string }

export type InputsSlice = {
  readonly character: CharacterInspection | null
  readonly clip: ClipInspection | null
  /** Files that are being read, by the place they will probably take. */
  readonly reading: Readonly<Record<MediaKind, Reading | null>>
  /** The part that the user chose. What the limits let through of it: `performedWindow`. */
  readonly clipWindow: ClipWindow
  /** The part that is performed: the one that the user chose, within the limits of model and orientation. */
  readonly performedWindow: () => ClipWindow
  readonly takeSettings: TakeSettings
  /** A frame is being drawn on the character. */
  readonly cropping: boolean
  readonly setCropping: (cropping: boolean) => void
  readonly chooseInput: (wanted: MediaKind | 'any') => Promise<void>
  /** Takes in files that the core already knows. */
  readonly takeInputs: (files: readonly FileRef[]) => Promise<void>
  /** Takes in files that were dropped or pasted. */
  readonly adoptInputs: (files: readonly File[]) => Promise<void>
  readonly loadSample: () => Promise<void>
  readonly removeInput: (kind: MediaKind) => void
  readonly changeTakeSettings: (change: Partial<TakeSettings>) => void
}

/** The model that the settings name, with its limits. */
export const chosenModel = ({ providers, takeSettings }: AppState): ModelRules | undefined =>
  findModel(providers, takeSettings)

export const chosenProvider = ({ providers, takeSettings }: AppState) =>
  providers.find(({ id }) => id === takeSettings.provider)

export const inputsOf = (state: AppState): CallArgs<'take:check'> => ({
  character: state.character?.file.token ?? null,
  clip: state.clip?.file.token ?? null,
  window: state.performedWindow(),
  settings: state.takeSettings,
})

/** The same text for the same inputs and prices, to tell whether an answer still fits. */
export const inputsKey = (state: AppState): string => JSON.stringify([inputsOf(state), state.settings.prices])

const batchFrom = 3

const wholeClip: ClipWindow = { start: 0, length: null }

export const createInputsSlice: Slice<InputsSlice> = (set, get) => {
  const chooseAnother = { label: 'Choose another', run: () => void get().chooseInput('any') }

  async function inspect(file: FileRef, place: MediaKind): Promise<Inspected> {
    const callId = crypto.randomUUID()
    set({ reading: { ...get().reading, [place]: { name: file.name, callId } } })
    const outcome = await desktop().ask['file:inspect'](
      { file: file.token, ...(place === 'clip' && { as: place }) },
      callId,
    )
    if (get().reading[place]?.callId === callId) {
      set({ reading: { ...get().reading, [place]: null } })
      return { name: file.name, outcome }
    }
    // Another file has been put in this place since, or this one was taken out.
    return { name: file.name, outcome: outcome.ok ? fail('cancelled', 'Replaced.') : outcome }
  }

  async function takeIn(files: readonly FileRef[], asked: MediaKind | 'any'): Promise<void> {
    if (files.length === 0) return
    const placeOf = (file: FileRef) => (asked === 'any' ? likelyKind(file.name) : asked)
    const inspected = new Map<FileRef, Inspected>()
    // A place reads one file after the other; the two places read at the same time.
    const readPlace = async (place: MediaKind) => {
      for (const file of files.filter((candidate) => placeOf(candidate) === place))
        inspected.set(file, await inspect(file, place))
    }
    await Promise.all([readPlace('character'), readPlace('clip')])
    const moving = asked === 'any' ? movingBeside(inspected) : null
    if (moving !== null) inspected.set(moving, await inspect(moving, 'clip'))
    const inOrder = files.flatMap((file) => inspected.get(file) ?? [])
    const { character, clip, remarks } = sortIntake(inOrder, asked)
    const { fit } = get().takeSettings
    for (const remark of remarks)
      get().tell({ ...remark, ...(remark.tone === 'bad' && { action: chooseAnother }) })
    const isNew = character !== null || clip !== null
    set({
      // What is taken in is what one wants to see.
      ...(isNew && { stageTakeId: null, detailsTakeId: null }),
      ...(character && { character, cropping: false }),
      ...(clip && { clip, clipWindow: wholeClip }),
      takeSettings: {
        ...get().takeSettings,
        fit: fitForNew(fit, { character: character !== null, clip: clip !== null }),
      },
    })
    get().forgetAddresses({ clip: clip !== null, character: character !== null })
  }

  /** More files than anyone means for one take are offered to the queue before any of them is read. */
  async function takeInOrOffer(files: readonly FileRef[]): Promise<void> {
    if (files.length < batchFrom) return takeIn(files, 'any')
    const of = (kind: MediaKind) => files.filter((file) => likelyKind(file.name) === kind)
    get().offerBatch({ character: of('character'), clip: of('clip') })
  }

  return {
    character: null,
    clip: null,
    reading: { character: null, clip: null },
    clipWindow: wholeClip,
    performedWindow: () => {
      const state = get()
      return usedWindow(state.clipWindow, windowLimits(chosenModel(state), state.takeSettings.orientation))
    },
    takeSettings: defaultTakeSettings,
    cropping: false,

    setCropping: (cropping) => {
      set({ cropping })
    },

    takeInputs: (files) => takeIn(files, 'any'),

    chooseInput: async (wanted) => {
      const files = await get().chooseFiles(wanted)
      await (wanted === 'any' ? takeInOrOffer(files) : takeIn(files, wanted))
    },

    adoptInputs: async (files) => {
      const adopted = await desktop().adoptFiles(files)
      if (!adopted.ok) get().tellProblem(adopted.problem)
      else await takeInOrOffer(adopted.value)
    },

    loadSample: async () => {
      const sample = await desktop().ask['sample:load']({})
      if (sample.ok) await takeIn([sample.value.character, sample.value.clip], 'any')
      else get().tellProblem(sample.problem)
    },

    removeInput: (kind) => {
      const reading = get().reading[kind]
      if (reading) {
        set({ reading: { ...get().reading, [kind]: null } })
        void desktop().ask['call:cancel']({ call: reading.callId })
        return
      }
      const { takeSettings } = get()
      const fit = fitForNew(takeSettings.fit, { [kind]: true })
      set({
        ...(kind === 'clip' ? { clip: null, clipWindow: wholeClip } : { character: null, cropping: false }),
        takeSettings: { ...takeSettings, fit },
      })
    },

    changeTakeSettings: (change) => {
      const { takeSettings: before, providers, accounts } = get()
      // The account of one provider says nothing about another one.
      const moved = change.provider !== undefined && change.provider !== before.provider
      // The only mode of a model was not chosen by the user, so the next model starts with its own first one.
      const forced = (findModel(providers, before)?.modes.length ?? 0) < 2
      const wanted = {
        ...before,
        ...(moved && { account: null }),
        ...(moved && forced && { mode: defaultTakeSettings.mode }),
        ...change,
      }
      set({ takeSettings: fitSettings(wanted, providers, accounts) })
    },
  }
}
