import { Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useRef } from 'react'
import { useShortcut } from '../../../lib/use-shortcuts.ts'
import { useApp } from '../../../state/store.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { chipsIn, entered, takenBack, typed } from './typed-filter.ts'
import { text } from './text.ts'

function Chips({ onRemoved }: { readonly onRemoved: () => void }) {
  const filter = useApp((state) => state.filter)
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  return chipsIn(filter).map(({ text: typedAs, label, remove }, index) => (
    <button
      key={`${String(index)} ${typedAs}`}
      type="button"
      aria-label={`Remove the filter ${label}`}
      title={typedAs}
      className="forced-edge flex h-6 max-w-60 shrink-0 items-center gap-1 rounded-md bg-raised px-2 text-xs text-ink hover:bg-hover [&_svg]:size-3"
      onClick={() => {
        changeLibraryView({ filter: remove })
        onRemoved()
      }}
    >
      <span className="truncate">{label}</span>
      <X aria-hidden />
    </button>
  ))
}

/** The search of the library: conditions become chips, words search while they are typed. */
export function FilterField() {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const filter = useApp((state) => state.filter)
  const typedFilter = useApp((state) => state.typedFilter)
  const problem = useApp((state) => state.filterProblem)
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  const focus = () => {
    input.current?.focus()
  }
  useShortcut('library', 'search', () => {
    focus()
    input.current?.select()
  })
  const scrollToEnd = useEffectEvent(() => {
    input.current?.scrollIntoView({ block: 'nearest', inline: 'end' })
  })
  useEffect(() => {
    if (document.activeElement === input.current) scrollToEnd()
  }, [filter])
  const isEmpty = filter === '' && typedFilter === ''
  return (
    <div className="min-w-0 flex-1">
      <div className="forced-edge flex h-8 items-center gap-2 overflow-x-auto rounded-lg bg-sunken px-2.5 text-faint focus-within:outline-2 focus-within:outline-accent">
        <Search aria-hidden className="size-3.5 shrink-0" />
        <Chips onRemoved={focus} />
        <input
          ref={input}
          type="search"
          aria-label="Search takes"
          aria-describedby={`${id}-problem`}
          aria-invalid={problem !== null}
          placeholder={isEmpty ? text.searchHint : ''}
          title={text.filters}
          value={typedFilter}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            changeLibraryView(typed({ filter, typedFilter }, event.target.value))
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') changeLibraryView(entered({ filter, typedFilter }))
            if (event.key !== 'Backspace' || typedFilter !== '' || filter === '') return
            event.preventDefault()
            changeLibraryView(takenBack({ filter, typedFilter }))
          }}
          className="h-full min-w-40 flex-1 bg-transparent text-sm text-ink outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        {!isEmpty && (
          <IconButton
            size="small"
            label="Clear the search"
            icon={<X />}
            onClick={() => {
              changeLibraryView({ filter: '', typedFilter: '' })
              focus()
            }}
          />
        )}
      </div>
      <p id={`${id}-problem`} role="status" className="text-xs text-bad empty:hidden">
        {problem && <span className="mt-1 block">{`${problem.message} ${problem.advice ?? ''}`}</span>}
      </p>
    </div>
  )
}
