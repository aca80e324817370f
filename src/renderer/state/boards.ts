import { ulid } from 'ulid'
import type { Board } from '../../shared/domain/board.ts'
import type { Problem } from '../../shared/outcome.ts'
import { desktop } from '../lib/desktop.ts'
import { takesWords } from './marks.ts'
import { tellingProblems } from './notices.ts'
import type { Slice } from './store.ts'

export type BoardsSlice = {
  readonly boards: readonly Board[]
  /** The board that takes were put on last. */
  readonly lastBoard: string | null
  /** The takes for which a board is to be chosen. */
  readonly boardFor: readonly string[] | null
  readonly readBoards: () => Promise<void>
  readonly setBoards: (boards: readonly Board[]) => void
  /** Answers what is wrong with the name. */
  readonly makeBoard: (name: string, takes: readonly string[]) => Promise<Problem | null>
  readonly renameBoard: (board: Board, name: string) => Promise<Problem | null>
  /** Its takes stay in the library. */
  readonly removeBoard: (board: Board) => Promise<void>
  readonly putOnBoard: (takes: readonly string[], board: string) => Promise<void>
  readonly takeOffBoard: (takes: readonly string[], board: string) => Promise<void>
  /** Onto the board used last, or asks which. */
  readonly putOnLastBoard: (takes: readonly string[]) => Promise<void>
  readonly askForBoard: (takes: readonly string[] | null) => void
}

export const createBoardsSlice: Slice<BoardsSlice> = (set, get) => {
  const known = (id: string) => get().boards.find((board) => board.id === id)
  const whose = (takes: readonly string[]) => takesWords(get(), takes)

  const replace = (board: Board) => {
    const { boards } = get()
    const isKnown = boards.some(({ id }) => id === board.id)
    set({ boards: isKnown ? boards.map((one) => (one.id === board.id ? board : one)) : [...boards, board] })
  }

  const told = tellingProblems(get)

  const put = async (board: Board, takes: readonly string[]): Promise<boolean> => {
    const answer = await desktop().ask['board:put']({ board: board.id, takes: [...takes] })
    if (!told(answer)) return false
    replace({ ...board, takes })
    return true
  }

  const changeTakes = async (id: string, takes: readonly string[], title: (board: Board) => string) => {
    const board = known(id)
    if (!board) return
    await get().offerUndo(
      put(board, takes).then((isDone) => (isDone ? title(board) : null)),
      async () => {
        const now = known(id)
        if (now) await put(now, board.takes)
      },
    )
  }

  const drop = async (id: string): Promise<Board | null> => {
    const removed = await desktop().ask['board:remove']({ board: id })
    if (!told(removed)) return null
    set({
      boards: get().boards.filter((other) => other.id !== id),
      ...(get().lastBoard === id && { lastBoard: null }),
    })
    return removed.value
  }

  const bringBack = async ({ id, name, cover, takes }: Board) => {
    const saved = await desktop().ask['board:save']({ board: { id, name, cover } })
    if (told(saved)) await put(saved.value, takes)
  }

  return {
    boards: [],
    lastBoard: null,
    boardFor: null,

    readBoards: async () => {
      const answer = await desktop().ask['board:list']({})
      if (told(answer)) get().setBoards(answer.value)
    },
    setBoards: (boards) => {
      set({ boards })
      get().catalogueChanged()
    },
    makeBoard: async (name, takes) => {
      const saved = await desktop().ask['board:save']({ board: { id: ulid(), name, cover: null } })
      if (!saved.ok) return saved.problem
      replace(saved.value)
      set({ lastBoard: saved.value.id })
      if (takes.length > 0) await get().putOnBoard(takes, saved.value.id)
      return null
    },
    renameBoard: async ({ id, cover }, name) => {
      const saved = await desktop().ask['board:save']({ board: { id, name, cover } })
      if (!saved.ok) return saved.problem
      replace(saved.value)
      return null
    },
    removeBoard: async ({ id }) => {
      const removing = drop(id)
      await get().offerUndo(
        removing.then((board) => board && `Board “${board.name}” deleted. Its takes stay.`),
        async () => {
          const board = await removing
          if (board) await bringBack(board)
        },
      )
    },
    putOnBoard: async (takes, id) => {
      set({ lastBoard: id })
      const before = known(id)?.takes ?? []
      const added = takes.filter((take) => !before.includes(take))
      await changeTakes(id, [...before, ...added], ({ name }) => `${whose(takes)}: on board “${name}”.`)
    },
    takeOffBoard: async (takes, id) => {
      const left = (known(id)?.takes ?? []).filter((take) => !takes.includes(take))
      await changeTakes(id, left, ({ name }) => `${whose(takes)}: no longer on board “${name}”.`)
    },
    putOnLastBoard: async (takes) => {
      const { lastBoard } = get()
      if (takes.length === 0) return
      if (lastBoard === null || !known(lastBoard)) set({ boardFor: takes })
      else await get().putOnBoard(takes, lastBoard)
    },
    askForBoard: (boardFor) => {
      set({ boardFor })
    },
  }
}
