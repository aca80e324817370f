import { useEffect, useMemo } from 'react'
import type { TakeCard } from '../../../../shared/domain/catalogue.ts'
import { useToday } from '../../../lib/use-now.ts'
import { wholeFilter } from '../../../state/library.ts'
import { useApp } from '../../../state/store.ts'
import { gridRows, type GridRow } from './grid-rows.ts'

const none: readonly TakeCard[] = []

/** Searches now, and whenever the question or what it may find has changed. */
function useSearch(): void {
  const filter = useApp(wholeFilter)
  const grouping = useApp((state) => state.grouping)
  const order = useApp((state) => state.takesOrder)
  const changes = useApp((state) => state.catalogueChanges)
  const connected = useApp((state) => state.connected)
  const searchLibrary = useApp((state) => state.searchLibrary)
  useEffect(() => {
    if (connected) void searchLibrary()
  }, [filter, grouping, order, changes, connected, searchLibrary])
}

/** What is hidden by a search is not changed with the rest. */
function useFoundSelection(found: readonly TakeCard[] | null): void {
  const selectTakes = useApp((state) => state.selectTakes)
  useEffect(() => {
    if (found === null) return
    const { ids } = useApp.getState().selection
    const shown = new Set(found.map(({ id }) => id))
    const left = ids.filter((id) => shown.has(id))
    if (left.length < ids.length) selectTakes(left)
  }, [found, selectTakes])
}

/** What was found, as the rows of the grid and in one order; null before the first answer. */
export function useFound(perRow: number): {
  readonly rows: readonly GridRow[]
  readonly order: readonly string[]
} | null {
  useSearch()
  const found = useApp((state) => state.found)
  const today = useToday()
  useFoundSelection(found?.cards ?? null)
  const rows = useMemo(
    () => (found ? gridRows(found, { perRow, grouping: found.grouping, now: Date.parse(today) }) : []),
    [found, perRow, today],
  )
  const order = useMemo(() => (found?.cards ?? none).map(({ id }) => id), [found])
  return found && { rows, order }
}
