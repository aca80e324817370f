import { useEffect, useState, useRef, type KeyboardEvent } from 'react'
import { ChevronRight, Film, Folder, Image } from 'lucide-react'
import type { FolderView, FolderEntry } from '../../../shared/domain/views.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { useCall } from '../../lib/use-call.ts'
import { formatBytes } from '../../../shared/units.ts'
import { Callout } from '../../ui/Callout.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Spinner } from '../../ui/Spinner.tsx'

type FolderState = {
  readonly view: FolderView | null
  readonly problem: Problem | null
  readonly loading: boolean
  /** Goes to a folder; null is the list of places to start from. */
  readonly go: (folder: string | null) => void
}

let lastFolder: string | null = null

/** One folder at a time, beginning in `start`, else where the user was last. */
export function useFolder(start: string | null = null): FolderState {
  const [wanted, setWanted] = useState<string | null>(start ?? lastFolder)
  const { answer, problem, pending } = useCall('folder:list', { folder: wanted })
  const listed = !pending && problem === null
  useEffect(() => {
    if (listed) lastFolder = wanted
  }, [listed, wanted])
  return { view: answer, problem, loading: pending, go: setWanted }
}

const icons = { folder: Folder, character: Image, clip: Film } as const
const kinds = { folder: 'folder', character: 'image', clip: 'video' } as const

function Crumbs({ folder }: { readonly folder: FolderState }) {
  const crumbs = folder.view?.crumbs ?? []
  return (
    <nav aria-label="Where you are" className="flex min-h-8 flex-wrap items-center gap-0.5 text-sm">
      <button
        type="button"
        className="rounded px-1.5 py-0.5 text-soft hover:bg-hover hover:text-ink"
        onClick={() => {
          folder.go(null)
        }}
      >
        Places
      </button>
      {crumbs.map(({ token, name }, index) => (
        <span key={token} className="flex items-center gap-0.5">
          <ChevronRight aria-hidden className="size-3.5 text-faint" />
          <button
            type="button"
            aria-current={index === crumbs.length - 1 ? 'location' : undefined}
            className="rounded px-1.5 py-0.5 text-soft hover:bg-hover hover:text-ink aria-[current=location]:text-ink"
            onClick={() => {
              folder.go(token)
            }}
          >
            {name}
          </button>
        </span>
      ))}
      {folder.loading && <Spinner className="ml-2 text-faint" />}
    </nav>
  )
}

type EntryProps = {
  readonly entry: FolderEntry
  readonly chosen: boolean
  readonly dimmed: boolean
  readonly onOpen: () => void
  readonly onChoose: (add: boolean) => void
}

function Entry({ entry, chosen, dimmed, onOpen, onChoose }: EntryProps) {
  const Icon = icons[entry.kind]
  return (
    <li>
      <button
        type="button"
        data-entry
        aria-pressed={entry.kind === 'folder' ? undefined : chosen}
        aria-label={`${entry.name}, ${kinds[entry.kind]}${entry.kind === 'folder' ? '' : `, ${formatBytes(entry.bytes)}`}`}
        onClick={(event) => {
          if (entry.kind === 'folder') onOpen()
          else onChoose(event.ctrlKey || event.metaKey || event.shiftKey)
        }}
        onDoubleClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onOpen()
        }}
        className={classNames(
          'flex w-full items-center gap-3 rounded-md px-2.5 py-1.5 text-left text-sm focus-visible:-outline-offset-2',
          chosen ? 'bg-accent-wash text-ink' : 'hover:bg-hover',
          dimmed && !chosen && 'text-faint',
        )}
      >
        <Icon
          aria-hidden
          className={classNames('size-4 shrink-0', entry.kind === 'folder' ? 'text-soft' : 'text-faint')}
        />
        <span className="min-w-0 flex-1 truncate">{entry.name}</span>
        {entry.kind !== 'folder' && (
          <span className="tabular text-xs text-faint">{formatBytes(entry.bytes)}</span>
        )}
      </button>
    </li>
  )
}

type FolderBrowserProps = {
  readonly folder: FolderState
  /** Tokens of the chosen files. */
  readonly chosen: readonly string[]
  readonly isDimmed: (entry: FolderEntry) => boolean
  readonly onChoose: (entry: FolderEntry, add: boolean) => void
  /** Enter or a double click on a file. */
  readonly onAccept: (entry: FolderEntry) => void
}

/** Folders first, then images and videos; arrow keys walk, Enter opens, Backspace goes up. */
export function FolderBrowser({ folder, chosen, isDimmed, onChoose, onAccept }: FolderBrowserProps) {
  const list = useRef<HTMLUListElement>(null)
  const entries = folder.view?.entries ?? []
  const here = folder.view?.token

  // The button that opened this folder is gone, and the keyboard with it; who is typing a name is left alone.
  useEffect(() => {
    if (here === undefined || document.activeElement instanceof HTMLInputElement) return
    list.current?.querySelector<HTMLElement>('[data-entry]')?.focus()
  }, [here])

  function walk(event: KeyboardEvent) {
    if (event.key === 'Backspace') folder.go(folder.view?.crumbs.at(-2)?.token ?? null)
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus()
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <Crumbs folder={folder} />
      {folder.problem && (
        <Callout tone="bad" title={folder.problem.message}>
          {folder.problem.advice}
        </Callout>
      )}
      <ul
        ref={list}
        aria-label={folder.view ? `What is in ${folder.view.name}` : 'Folder'}
        onKeyDown={walk}
        className="h-[min(46vh,24rem)] overflow-y-auto rounded-lg border border-line bg-sunken p-1.5"
      >
        {entries.map((entry) => (
          <Entry
            key={entry.token}
            entry={entry}
            chosen={chosen.includes(entry.token)}
            dimmed={isDimmed(entry)}
            onOpen={() => {
              if (entry.kind === 'folder') folder.go(entry.token)
              else onAccept(entry)
            }}
            onChoose={(add) => {
              onChoose(entry, add)
            }}
          />
        ))}
        {folder.view && entries.length === 0 && (
          <li className="px-3 py-10 text-center text-sm text-faint">No images, videos or folders here.</li>
        )}
      </ul>
    </div>
  )
}
