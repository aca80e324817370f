import { pageSize } from '../../shared/domain/catalogue.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

export type PagesSlice = {
  /** Reads these takes if they are not known yet, together with others that are needed at the same moment. */
  readonly needTakes: (ids: readonly string[]) => void
  /** Reads these takes with their marks. */
  readonly readPages: (ids: readonly string[]) => Promise<void>
}

export const createPagesSlice: Slice<PagesSlice> = (set, get) => {
  const wanted = new Set<string>()
  const asked = new Set<string>()

  const isKnown = (id: string) => get().takes[id] !== undefined && get().marks[id] !== undefined

  async function readWanted(): Promise<void> {
    const ids = [...wanted].filter((id) => !isKnown(id) && !asked.has(id))
    wanted.clear()
    for (const id of ids) asked.add(id)
    await get().readPages(ids)
    for (const id of ids) asked.delete(id)
  }

  return {
    needTakes: (ids) => {
      if (wanted.size === 0) queueMicrotask(() => void readWanted())
      for (const id of ids) wanted.add(id)
    },
    readPages: async (ids) => {
      for (let at = 0; at < ids.length; at += pageSize) {
        const answer = await desktop().ask['library:page']({ takes: ids.slice(at, at + pageSize) })
        if (!answer.ok) {
          set({ takesProblem: answer.problem })
          return
        }
        get().putEntries(answer.value)
      }
    },
  }
}
