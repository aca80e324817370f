import { useMemo } from 'react'
import { selectTakes } from '../../../state/select-takes.ts'
import { useApp } from '../../../state/store.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { TakePoster } from './TakePoster.tsx'
import { usePosters } from './use-posters.ts'

/** Beside a comparison: every finished take of the same clip, the newest first. */
export function SameClip({ takeId }: { readonly takeId: string }) {
  const clip = useApp(({ takes }) => takes[takeId]?.clipName)
  const ofClip = useMemo(
    () => selectTakes(({ state, clipName }) => state === 'DONE' && clipName === clip),
    [clip],
  )
  const ids = useApp(ofClip)
  const compareTakes = useApp((state) => state.compareTakes)
  const { onChoose, onOpen } = usePosters(ids, (id) => {
    compareTakes([id])
  })
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-2 px-3">
        <h2 className="text-sm font-semibold">Takes of this reference</h2>
        <span className="tabular text-xs text-faint">{ids.length}</span>
      </header>
      <div className="px-3 pb-1 empty:hidden">
        <SelectionBar />
      </div>
      <ul className="min-h-0 flex-1 space-y-1 overflow-y-auto px-1.5 pb-2">
        {ids.slice(0, mostShown).map((id) => (
          <li key={id} className="h-32">
            <TakePoster id={id} shape="card" isShown={id === takeId} onChoose={onChoose} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** More takes of one clip are found in the library. */
const mostShown = 60
