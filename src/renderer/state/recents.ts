import type { RecentPair } from '../../shared/domain/views.ts'
import type { Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'

export type RecentsSlice = {
  /** The newest first. */
  readonly recents: readonly RecentPair[]
  readonly readRecents: () => Promise<void>
  /** Takes both files of a pair in. */
  readonly openRecent: (pair: string) => Promise<void>
  readonly forgetRecents: () => Promise<void>
}

export const createRecentsSlice: Slice<RecentsSlice> = (set, get) => ({
  recents: [],

  readRecents: async () => {
    const answer = await desktop().ask['recent:list']({})
    // A list that cannot be read is no reason for a message: the files can be chosen as ever.
    if (answer.ok) set({ recents: answer.value })
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
    if (answer.ok) set({ recents: [] })
    else get().tellProblem(answer.problem)
  },
})
