import { Plus } from 'lucide-react'
import { useApp } from '../../../state/store.ts'
import type { MenuItem } from '../../../ui/Menu.tsx'

/** Every board, ticked where all of these takes are on it; a press puts them on it or takes them off. */
export function useBoardItems(takes: readonly string[]): readonly MenuItem[] {
  const boards = useApp((state) => state.boards)
  const putOnBoard = useApp((state) => state.putOnBoard)
  const takeOffBoard = useApp((state) => state.takeOffBoard)
  const askForBoard = useApp((state) => state.askForBoard)
  const known = boards.map(({ id, name, takes: its }): MenuItem => {
    const on = new Set(its)
    const checked = takes.every((take) => on.has(take))
    return {
      label: name,
      checked,
      onSelect: () => void (checked ? takeOffBoard(takes, id) : putOnBoard(takes, id)),
    }
  })
  return [
    ...known,
    {
      label: 'New board…',
      icon: <Plus aria-hidden />,
      begins: known.length > 0,
      onSelect: () => {
        askForBoard(takes)
      },
    },
  ]
}
