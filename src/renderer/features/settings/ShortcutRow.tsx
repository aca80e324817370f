import { RotateCcw } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Chord } from '../../../shared/domain/chord.ts'
import {
  chordOf,
  isChoosable,
  refusal,
  takenBy,
  withChoice,
  type Choosable,
} from '../../lib/shortcut-choices.ts'
import { commandKey, commandsOf, isMac, printedKeys } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { nameOfCommand } from './shortcut-words.ts'
import { text } from './text.ts'

/**
 * Hears the keys before any other part of the window does, so that Escape ends the recording and not the dialog. Tab moves
 * away as always.
 */
function useRecording(recording: boolean, onPress: (event: KeyboardEvent) => void): void {
  const heard = useEffectEvent(onPress)
  useEffect(() => {
    if (!recording) return undefined
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return
      event.preventDefault()
      event.stopImmediatePropagation()
      heard(event)
    }
    window.addEventListener('keydown', listen, true)
    return () => {
      window.removeEventListener('keydown', listen, true)
    }
  }, [recording])
}

type Conflict = { readonly chord: Chord; readonly other: Choosable }

/** One command and its keys; a press on them records others. */
export function ShortcutRow({ scope, command }: Choosable) {
  const choices = useApp((state) => state.settings.shortcuts)
  const changeSettings = useApp((state) => state.changeSettings)
  const [recording, setRecording] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const one = { scope, command }
  const name = nameOfCommand(one)
  const chords = (commandsOf(scope).find(([id]) => id === command)?.[1].chords ?? []).filter(
    (chord) => !chord.unlisted,
  )
  const isOwn = choices[commandKey(scope, command)] !== undefined

  const begin = () => {
    setRefused(null)
    setConflict(null)
    setRecording(true)
  }
  const save = (shortcuts: typeof choices) => void changeSettings({ shortcuts })
  const end = () => {
    setRecording(false)
  }

  useRecording(recording, (event) => {
    if (event.key === 'Escape') {
      end()
      return
    }
    const mac = isMac()
    const chord = chordOf(event, mac)
    if (chord === null) return
    end()
    const why = refusal(event, chord, mac)
    const other = takenBy(one, chord)
    if (why !== null) setRefused(`${printedKeys(chord).join('+')}: ${why}`)
    else if (other !== null) setConflict({ chord, other })
    else save(withChoice(choices, one, chord))
  })

  return (
    <li className="py-1.5">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 text-sm">{name}</span>
        {isOwn && (
          <IconButton
            size="small"
            label={`Reset “${name}”`}
            icon={<RotateCcw />}
            onClick={() => {
              setConflict(null)
              save(withChoice(choices, one, undefined))
            }}
          />
        )}
        <button
          ref={button}
          type="button"
          aria-label={`Keys for “${name}”: ${recording ? text.pressKeys : chords.map((chord) => printedKeys(chord).join('+')).join(', ') || text.noKeys}`}
          onClick={begin}
          onBlur={end}
          className={classNames(
            'flex min-h-8 min-w-28 flex-wrap items-center justify-end gap-x-2 gap-y-1 rounded-lg border px-2 py-1 text-xs hover:bg-hover',
            recording ? 'border-accent text-ink' : 'border-line text-faint',
          )}
        >
          {recording && text.pressKeys}
          {!recording && chords.length === 0 && text.noKeys}
          {!recording &&
            chords.map((chord) => <Keys key={printedKeys(chord).join('+')} keys={printedKeys(chord)} />)}
        </button>
      </div>
      {refused !== null && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {refused}
        </p>
      )}
      {conflict !== null && (
        <div role="alert" className="mt-1 flex flex-wrap items-center gap-2 text-xs text-warn">
          <span className="min-w-0 flex-1 basis-48">
            {text.taken(printedKeys(conflict.chord).join('+'), nameOfCommand(conflict.other))}
          </span>
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              setConflict(null)
              button.current?.focus()
            }}
          >
            Cancel
          </Button>
          {isChoosable(conflict.other) && (
            <Button
              size="small"
              onClick={() => {
                setConflict(null)
                button.current?.focus()
                save(withChoice(withChoice(choices, conflict.other, null), one, conflict.chord))
              }}
            >
              Use it here
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
