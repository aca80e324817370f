import { History } from 'lucide-react'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { pairWords } from './pair-words.ts'
import { useRecents } from './use-recents.ts'

const most = 4

/** The pairs that were used last, on the first screen. */
export function RecentPairs() {
  const recents = useRecents()
  const openRecent = useApp((state) => state.openRecent)
  const forgetRecents = useApp((state) => state.forgetRecents)
  if (recents.length === 0) return null
  return (
    <section aria-label="Used last" className="mx-auto w-full max-w-xl">
      <div className="flex items-baseline justify-between">
        <h2 className="text-xs font-medium text-soft">Used last</h2>
        <Button size="small" look="quiet" onClick={() => void forgetRecents()}>
          Forget them
        </Button>
      </div>
      <ul className="divide-y divide-line rounded-xl bg-panel">
        {recents.slice(0, most).map((pair) => (
          <li key={pair.id}>
            <button
              type="button"
              disabled={!pair.present}
              onClick={() => void openRecent(pair.id)}
              className="flex w-full items-center gap-3 rounded-xl px-3.5 py-2 text-left text-sm enabled:hover:bg-hover disabled:text-faint"
            >
              <History aria-hidden className="size-4 shrink-0 text-faint" />
              <span className="min-w-0 flex-1 truncate">{pairWords(pair)}</span>
              {!pair.present && <span className="text-xs">moved or deleted</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
