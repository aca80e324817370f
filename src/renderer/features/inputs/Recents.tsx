import { useEffect } from 'react'
import { Film, History, UserRound } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { RecentPair } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

/** A pair in a few words. */
function pairWords({ characterName, clipName }: RecentPair): string {
  if (characterName === null) return clipName ?? ''
  return clipName === null ? characterName : `${characterName} with ${clipName}`
}

/** The pairs that were used last, read when they are first in sight and whenever a take was added. */
function useRecents(): readonly RecentPair[] {
  const recents = useApp((state) => state.recents)
  const readRecents = useApp((state) => state.readRecents)
  const connected = useApp((state) => state.connected)
  const takes = useApp((state) => state.takeOrder.length)
  useEffect(() => {
    if (connected) void readRecents()
  }, [connected, readRecents, takes])
  return recents
}

const placeholders = { character: UserRound, clip: Film } as const

/** Both files as pictures, read when the pair is first in sight. */
function PairPictures({ pair: { id, characterName, clipName } }: { readonly pair: RecentPair }) {
  const pictures = useApp((state) => state.recentPictures[id])
  const readRecentPictures = useApp((state) => state.readRecentPictures)
  useEffect(() => {
    void readRecentPictures(id)
  }, [id, readRecentPictures])
  return (
    <span aria-hidden className="flex shrink-0 gap-1">
      {(
        [
          ['character', characterName],
          ['clip', clipName],
        ] as const
      ).map(([kind, name]) => {
        if (name === null) return null
        const Placeholder = placeholders[kind]
        const picture = pictures?.[kind] ?? null
        return (
          <span
            key={kind}
            className="flex size-8 items-center justify-center overflow-hidden rounded-md bg-stage text-white/40 [&_svg]:size-4"
          >
            {picture === null ? (
              <Placeholder />
            ) : (
              <img src={picture} alt="" draggable={false} className="size-full object-cover object-top" />
            )}
          </span>
        )
      })}
    </span>
  )
}

const maxShownPairs = 4

/** The pairs that were used last, on the first screen. */
export function RecentPairs() {
  const recents = useRecents()
  const openRecent = useApp((state) => state.openRecent)
  const forgetRecents = useApp((state) => state.forgetRecents)
  if (recents.length === 0) return null
  return (
    <section aria-label="Recent" className="mx-auto w-full max-w-xl shrink-0">
      <div className="flex items-baseline justify-between">
        <h2 className="text-xs font-medium text-soft">Recent</h2>
        <Button size="small" look="quiet" onClick={() => void forgetRecents()}>
          Clear
        </Button>
      </div>
      <ul className="divide-y divide-line rounded-xl bg-panel">
        {recents.slice(0, maxShownPairs).map((pair) => (
          <li key={pair.id}>
            <button
              type="button"
              disabled={!pair.present}
              onClick={() => void openRecent(pair.id)}
              className="flex w-full items-center gap-3 rounded-xl px-2 py-1.5 text-left text-sm enabled:hover:bg-hover disabled:text-faint"
            >
              <PairPictures pair={pair} />
              <span className="min-w-0 flex-1 truncate">{pairWords(pair)}</span>
              {!pair.present && <span className="text-xs">moved or deleted</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const item =
  'flex items-center gap-3 rounded-md px-2.5 py-1.5 text-sm outline-none data-[disabled]:text-faint data-[highlighted]:bg-hover'

/** The pairs that were used last, within reach of an input. */
export function RecentMenu() {
  const recents = useRecents()
  const openRecent = useApp((state) => state.openRecent)
  const forgetRecents = useApp((state) => state.forgetRecents)
  if (recents.length === 0) return null
  return (
    // Not modal: locking the page would write a style element into it, which the content security policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton size="small" label="Recent files" icon={<History />} className="@max-[15rem]:hidden" />
      </DropdownMenu.Trigger>
      {/* Inside the main landmark: what is next to it belongs to no part of the page. */}
      <DropdownMenu.Portal container={document.querySelector('main')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="animate-appear z-50 max-h-80 max-w-96 min-w-56 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
        >
          {recents.map((pair) => (
            <DropdownMenu.Item
              key={pair.id}
              disabled={!pair.present}
              className={item}
              onSelect={() => void openRecent(pair.id)}
            >
              <PairPictures pair={pair} />
              <span className="min-w-0 flex-1 truncate">{pairWords(pair)}</span>
              {!pair.present && <span className="text-xs">moved or deleted</span>}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => void forgetRecents()}>
            Clear
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
