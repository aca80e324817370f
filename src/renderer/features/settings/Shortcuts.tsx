import { Search } from 'lucide-react'
import { useState } from 'react'
import { choosableScopes, isChoosable, type Choosable } from '../../lib/shortcut-choices.ts'
import { commandKey, commandsOf, printedKeys } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { ShortcutRow } from './ShortcutRow.tsx'
import { nameOfCommand } from './shortcut-words.ts'
import { scopeNames, text } from './text.ts'

/** Keys as they may be typed into the search: "Ctrl+O". */
const typedKeys = ({ scope, command }: Choosable): string =>
  (commandsOf(scope).find(([id]) => id === command)?.[1].chords ?? [])
    .map((chord) => printedKeys(chord).join('+'))
    .join(' ')

function matches(one: Choosable, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = `${nameOfCommand(one)} ${scopeNames[one.scope]} ${typedKeys(one)}`.toLowerCase()
  return words.every((word) => found.includes(word))
}

/** Every command with its keys, which can be changed. */
export function Shortcuts() {
  const [search, setSearch] = useState('')
  // The keys of the table follow the settings.
  const choices = useApp((state) => state.settings.shortcuts)
  const changeSettings = useApp((state) => state.changeSettings)
  const groups = choosableScopes
    .map((scope) => ({
      scope,
      commands: commandsOf(scope)
        .map(([command]): Choosable => ({ scope, command }))
        .filter((one) => isChoosable(one) && matches(one, search)),
    }))
    .filter(({ commands }) => commands.length > 0)
  return (
    <section aria-label="Shortcuts">
      <div className="sticky -top-1 z-10 flex flex-wrap items-center justify-between gap-3 bg-panel pt-1 pb-2">
        <label className="flex h-8.5 min-w-0 flex-1 basis-48 items-center gap-2 rounded-lg border border-edge bg-raised px-2.5 text-faint focus-within:outline-2 focus-within:outline-accent">
          <Search aria-hidden className="size-3.5 shrink-0" />
          <input
            type="search"
            aria-label="Search shortcuts"
            placeholder={text.searchShortcuts}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value)
            }}
            className="w-full min-w-0 bg-transparent text-sm text-ink outline-none"
          />
        </label>
        <Button
          disabled={Object.keys(choices).length === 0}
          title={text.resetAll}
          onClick={() => void changeSettings({ shortcuts: {} })}
        >
          Reset all
        </Button>
      </div>
      {groups.map(({ scope, commands }) => (
        <section key={scope} aria-label={scopeNames[scope]} className="pt-3">
          <h3 className="pb-1 text-xs font-semibold text-faint">{scopeNames[scope]}</h3>
          <ul className="divide-y divide-line">
            {commands.map((one) => (
              <ShortcutRow key={commandKey(one.scope, one.command)} {...one} />
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className="py-6 text-sm text-soft">{text.noShortcut}</p>}
    </section>
  )
}
