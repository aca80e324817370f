import type { CallAnswer } from '../../shared/contract.ts'
import type { RecentPair } from '../../shared/domain/views.ts'
import type { Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'

export type RecentsSlice = {
  /** The newest first. */
  readonly recents: readonly RecentPair[]
  /** Of pairs whose pictures were read. */
  readonly recentPictures: Readonly<Record<string, CallAnswer<'recent:pictures'>>>
  readonly readRecents: () => Promise<void>
  readonly readRecentPictures: (pair: string) => Promise<void>
  /** Takes both files of a pair in. */
  readonly openRecent: (pair: string) => Promise<void>
  readonly forgetRecents: () => Promise<void>
}

export const createRecentsSlice: Slice<RecentsSlice> = (set, get) => ({
  recents: [],
  recentPictures: {},

  readRecents: async () => {
    const answer = await desktop().ask['recent:list']({})
    // A list that cannot be read is no reason for a message: the files can be chosen as ever.
    if (answer.ok) set({ recents: answer.value })
  },

  readRecentPictures: async (pair) => {
    if (get().recentPictures[pair]) return
    const answer = await desktop().ask['recent:pictures']({ pair })
    if (answer.ok) set({ recentPictures: { ...get().recentPictures, [pair]: answer.value } })
  },

  openRecent: async (pair) => {
    const answer = await desktop().ask['recent:open']({ pair })
    if (!answer.ok) {
      get().tellProblem(answer.problem)
      await get().readRecents()
      return
    }
    const { character, clip } = answer.value
    await get().takeInputs([character, clip].filter((file) => file !== null))
  },

  forgetRecents: async () => {
    const answer = await desktop().ask['recent:forget']({})
    if (answer.ok) set({ recents: [], recentPictures: {} })
    else get().tellProblem(answer.problem)
  },
})
