import { Columns2, X } from 'lucide-react'
import { mostCompared } from '../../../../shared/domain/desk.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'

/** What can be done with several takes at once; nothing while fewer than two are selected. */
export function SelectionBar() {
  const ids = useApp((state) => state.selection.ids)
  const done = useApp(({ takes }) => ids.filter((id) => takes[id]?.state === 'DONE').length)
  const compareTakes = useApp((state) => state.compareTakes)
  const clearSelection = useApp((state) => state.clearSelection)
  if (ids.length < 2) return null
  return (
    <div className="flex items-center gap-1.5 text-sm">
      <span className="tabular text-soft">{ids.length} selected</span>
      <Button
        size="small"
        icon={<Columns2 aria-hidden />}
        disabled={done < 2}
        title={`Up to ${String(mostCompared)} takes`}
        onClick={() => {
          compareTakes(ids)
        }}
      >
        Compare {Math.min(done, mostCompared)}
      </Button>
      <IconButton size="small" label="Clear the selection" icon={<X />} onClick={clearSelection} />
    </div>
  )
}
