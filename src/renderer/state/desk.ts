import type { CallArgs } from '../../shared/contract.ts'
import type { DeskView } from '../../shared/domain/views.ts'
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
  room: state.room,
  openTake: state.openTakeId,
  stageTake: state.stageTakeId,
  comparison: state.keptComparison,
})

type Kept = Pick<DeskView, 'room' | 'openTake' | 'comparison'>

/** The room and its takes as they were left; takes that are gone since are left out. */
function openRooms({ room, openTake, comparison }: Kept, get: () => AppState): void {
  if (openTake !== null) get().compareTakes(comparison?.takes[0] === openTake ? comparison.takes : [openTake])
  if (comparison !== null) get().keepComparison(comparison)
  if (room !== 'compare' || get().openTakeId === null) get().enterRoom(room === 'library' ? room : 'make')
}

/** The takes of a kept window that were not among the first that were read. */
const unknownIn = ({ openTake, stageTake, comparison }: DeskView, { takes }: AppState): readonly string[] =>
  [openTake, stageTake, ...(comparison?.takes ?? [])]
    .filter((id) => id !== null)
    .filter((id) => takes[id] === undefined)

const isUntouched = ({ room, openTakeId, stageTakeId }: AppState): boolean =>
  room === 'make' && openTakeId === null && stageTakeId === null

export const createDeskSlice: Slice<DeskSlice> = (set, get) => ({
  deskIsOpen: false,

  openDesk: async () => {
    set({ deskIsOpen: false })
    const answer = await desktop().ask['desk:read']({})
    const desk = answer.ok ? answer.value : null
    if (desk !== null) {
      const { character, clip, missing, window, settings } = desk
      const isEmpty = character === null && clip === null && missing.length === 0
      // Where nothing is open, the preset that the user begins with counts.
      if (settings && (!isEmpty || get().settings.startPreset === null)) get().changeTakeSettings(settings)
      // A window that outlived its core keeps what it shows.
      const opensRooms = isUntouched(get())
      await get().readPages(unknownIn(desk, get()))
      if (opensRooms) openRooms(desk, get)
      await get().takeInputs([character, clip].filter((file) => file !== null))
      // Another file may have been dropped meanwhile: then the trim and the crop are not about it.
      if (clip !== null && get().clip?.file.token === clip.token) set({ clipWindow: window })
      if (settings && get().character?.file.token === character?.token)
        set({ takeSettings: { ...get().takeSettings, fit: settings.fit } })
      const isThere = desk.stageTake !== null && get().takes[desk.stageTake] !== undefined
      if (opensRooms && isThere && get().stageTakeId === null) set({ stageTakeId: desk.stageTake })
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
