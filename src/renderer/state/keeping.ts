import { mostOnSheet } from '../../shared/domain/contact-sheet.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

export type KeepingSlice = {
  /** Saves a zip about a take for the support of its provider. */
  readonly saveSupportPack: (id: string) => Promise<void>
  /** Saves the posters of takes as one picture, as many as fit. */
  readonly saveContactSheet: (ids: readonly string[]) => Promise<void>
}

/** Files about takes that the user keeps outside the library. */
export const createKeepingSlice: Slice<KeepingSlice> = (_set, get) => ({
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
})
