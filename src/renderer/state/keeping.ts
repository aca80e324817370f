import { mostOnSheet } from '../../shared/domain/contact-sheet.ts'
import type { Seconds } from '../../shared/units.ts'
import { desktop } from '../lib/desktop.ts'
import { takeWords } from './marks.ts'
import type { Slice } from './store.ts'

export type KeepingSlice = {
  /** Saves a zip about a take for the support of its provider. */
  readonly saveSupportPack: (id: string) => Promise<void>
  /** Saves the posters of takes as one picture, as many as fit. */
  readonly saveContactSheet: (ids: readonly string[]) => Promise<void>
  /** Takes the poster from this moment of the result; null for the one that the core picks. */
  readonly choosePoster: (id: string, at: Seconds | null) => Promise<void>
}

/** What the user keeps of takes: files outside the library, and the frame that stands for a take in it. */
export const createKeepingSlice: Slice<KeepingSlice> = (set, get) => ({
  saveSupportPack: (take) =>
    get().saveWhere({
      asked: { what: 'support-pack', take },
      title: 'Save the support pack',
      save: (folder, name) => desktop().ask['take:support-pack']({ take, folder, name }),
      advice: 'Keys and folders are left out.',
    }),
  saveContactSheet: (ids) => {
    const takes = ids.slice(0, mostOnSheet)
    return get().saveWhere({
      asked: { what: 'contact-sheet', take: null },
      title: 'Save the contact sheet',
      save: (folder, name) => desktop().ask['library:contact-sheet']({ takes, folder, name }),
      ...(takes.length < ids.length && { advice: `It shows the first ${String(mostOnSheet)} takes.` }),
    })
  },
  choosePoster: async (take, at) => {
    const answer = await desktop().ask['take:poster']({ take, at })
    if (!answer.ok) {
      get().tellProblem(answer.problem)
      return
    }
    set({ takePictures: { ...get().takePictures, [take]: answer.value } })
    if (at === null) return
    get().tell({
      tone: 'good',
      title: `${takeWords(get(), take)} has a new poster.`,
      action: { label: 'Automatic poster', run: () => void get().choosePoster(take, null) },
    })
  },
})
