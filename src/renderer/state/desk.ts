import type { CallArgs } from '../../shared/contract.ts'
import { desktop } from '../lib/desktop.ts'
import type { AppState, Slice } from './store.ts'

/** What is open, as it was when the window was last used: in both faces, over a reload, a restart and a crash. */
export type DeskSlice = {
  /** False until what was open is open again: before that there is nothing to keep. */
  readonly deskIsOpen: boolean
  readonly openDesk: () => Promise<void>
  readonly keepDesk: () => Promise<void>
}

/** What is kept of the window. */
export const deskOf = (state: AppState): CallArgs<'desk:keep'> => ({
  character: state.character?.file.token ?? null,
  clip: state.clip?.file.token ?? null,
  window: state.clipWindow,
  settings: state.takeSettings,
  openTake: state.room === 'compare' ? state.openTakeId : null,
})

export const createDeskSlice: Slice<DeskSlice> = (set, get) => ({
  deskIsOpen: false,

  openDesk: async () => {
    set({ deskIsOpen: false })
    const answer = await desktop().ask['desk:read']({})
    const desk = answer.ok ? answer.value : null
    if (desk !== null) {
      const { character, clip, missing, window, settings, openTake } = desk
      const isEmpty = character === null && clip === null && missing.length === 0
      // Where nothing is open, the preset that the user begins with counts.
      if (settings && (!isEmpty || get().settings.startPreset === null)) get().changeTakeSettings(settings)
      if (openTake !== null && get().takes[openTake]) get().openTake(openTake)
      await get().takeInputs([character, clip].filter((file) => file !== null))
      // Another file may have been dropped meanwhile: then the trim and the crop are not about it.
      if (clip !== null && get().clip?.file.token === clip.token) set({ clipWindow: window })
      if (settings && get().character?.file.token === character?.token)
        set({ takeSettings: { ...get().takeSettings, fit: settings.fit } })
      for (const name of missing)
        get().tell({
          tone: 'warn',
          title: `“${name}” is no longer where it was.`,
          advice: 'Choose it again, or choose another file.',
        })
    }
    set({ deskIsOpen: true })
  },

  keepDesk: async () => {
    if (get().deskIsOpen) await desktop().ask['desk:keep'](deskOf(get()))
  },
})
