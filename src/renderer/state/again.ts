import { takeWords } from './marks.ts'
import type { Slice } from './store.ts'

export type AgainSlice = {
  /** Puts the settings of a take into the desk; the files that are open stay. */
  readonly reuseSettings: (id: string) => void
  /** The same with its files, where they are known and still where they were. */
  readonly makeAgain: (id: string) => Promise<void>
}

export const createAgainSlice: Slice<AgainSlice> = (set, get) => {
  const reuse = (id: string): boolean => {
    const { takes, takeSettings } = get()
    const settings = takes[id]?.settings
    if (!settings) return false
    // A crop belongs to a picture, and a way to lengthen to a clip.
    const { crop, short } = takeSettings.fit
    get().changeTakeSettings({ ...settings, fit: { ...settings.fit, crop, short } })
    set({ room: 'make', stageTakeId: null, detailsTakeId: null })
    return true
  }
  const told = (id: string) => `The desk has the settings of ${takeWords(get(), id).toLowerCase()}.`
  return {
    reuseSettings: (id) => {
      if (reuse(id)) get().tell({ tone: 'good', title: told(id) })
    },
    makeAgain: async (id) => {
      if (!reuse(id)) return
      const { characterName, clipName } = get().takes[id] ?? {}
      if (get().character?.file.name === characterName && get().clip?.file.name === clipName) {
        get().tell({ tone: 'good', title: told(id) })
        return
      }
      await get().readRecents()
      const pair = get().recents.find(
        (one) => one.present && one.characterName === characterName && one.clipName === clipName,
      )
      if (pair) await get().openRecent(pair.id)
      get().tell(
        pair
          ? { tone: 'good', title: told(id) }
          : { tone: 'info', title: told(id), advice: 'Its files are no longer known. Choose them again.' },
      )
    },
  }
}
