import type { MarksChange } from '../../../../shared/domain/marks.ts'
import { useShortcuts } from '../../../lib/use-shortcuts.ts'
import { useApp } from '../../../state/store.ts'
import { targetTakes } from './target-takes.ts'

/** These posters go, so the focus moves to the next one that stays, or to the one before. */
function focusBeside(takes: readonly string[]): void {
  const posters = [...document.querySelectorAll<HTMLElement>('[data-poster]')]
  const at = posters.findIndex((poster) => poster === document.activeElement)
  if (at < 0) return
  const stays = (poster: HTMLElement) => !takes.includes(poster.dataset['poster'] ?? '')
  const next = posters.slice(at).find(stays) ?? posters.slice(0, at).findLast(stays)
  next?.focus()
}

/** The keys of stars, flags, names and boards, for what is selected or has the focus. */
export function useTakeKeys(): void {
  const markTakes = useApp((state) => state.markTakes)
  const putOnLastBoard = useApp((state) => state.putOnLastBoard)
  const showDetails = useApp((state) => state.showDetails)
  const clearSelection = useApp((state) => state.clearSelection)
  const trashTakes = useApp((state) => state.trashTakes)
  const mark = (change: MarksChange) => () => void markTakes(targetTakes(), change)
  useShortcuts('takes', {
    'stars-0': mark({ stars: 0 }),
    'stars-1': mark({ stars: 1 }),
    'stars-2': mark({ stars: 2 }),
    'stars-3': mark({ stars: 3 }),
    'stars-4': mark({ stars: 4 }),
    'stars-5': mark({ stars: 5 }),
    pick: mark({ flag: 'pick' }),
    reject: mark({ flag: 'reject' }),
    unflag: mark({ flag: null }),
    board: () => void putOnLastBoard(targetTakes()),
    rename: () => {
      const [only, ...others] = targetTakes()
      if (only !== undefined && others.length === 0) showDetails(only, 'name')
    },
    trash: () => {
      const takes = targetTakes()
      focusBeside(takes)
      void trashTakes(takes)
    },
    clear: clearSelection,
  })
}
