import { LayoutGrid, X } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { longest, type MarksChange, type TakeMarks } from '../../../../shared/domain/marks.ts'
import type { DetailsPart } from '../../../state/rooms.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FieldFrame, fieldLook } from '../../../ui/field-parts.tsx'
import { MenuButton, MenuItems } from '../../../ui/Menu.tsx'
import { FlagButtons, StarButtons } from './StarButtons.tsx'
import { TagsField } from './TagsField.tsx'
import { useBoardItems } from './use-board-items.tsx'

/** What is typed, saved when the field is left or goes. */
function useTyped(saved: string, save: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    if (typed !== null && typed.trim() !== saved) save(typed)
    setTyped(null)
  }
  const leave = useEffectEvent(() => {
    if (typed !== null && typed.trim() !== saved) save(typed)
  })
  useEffect(() => leave, [])
  return { text: typed ?? saved, type: setTyped, keep }
}

type FieldProps = {
  readonly saved: string
  readonly onSave: (text: string) => void
  /** Somebody was led here. */
  readonly sought: boolean
}

/** Gives a field the focus that somebody was led to. */
function useSoughtField<Element extends HTMLElement>(sought: boolean) {
  const field = useRef<Element>(null)
  useEffect(() => {
    if (sought) field.current?.focus()
  }, [sought])
  return field
}

function NameField({ saved, onSave, sought }: FieldProps) {
  const id = useId()
  const { text, type, keep } = useTyped(saved, onSave)
  const field = useSoughtField<HTMLInputElement>(sought)
  return (
    <FieldFrame id={id} label="Name">
      <input
        ref={field}
        id={id}
        value={text}
        maxLength={longest.name}
        autoComplete="off"
        spellCheck={false}
        className={`${fieldLook} border-edge`}
        onChange={(event) => {
          type(event.target.value)
        }}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep()
        }}
      />
    </FieldFrame>
  )
}

function NoteField({ saved, onSave, sought }: FieldProps) {
  const id = useId()
  const { text, type, keep } = useTyped(saved, onSave)
  const field = useSoughtField<HTMLTextAreaElement>(sought)
  return (
    <FieldFrame id={id} label="Note">
      <textarea
        ref={field}
        id={id}
        value={text}
        rows={3}
        maxLength={longest.note}
        className={`${fieldLook} h-auto resize-y border-edge py-1.5`}
        onChange={(event) => {
          type(event.target.value)
        }}
        onBlur={keep}
      />
    </FieldFrame>
  )
}

function Boards({ marks }: { readonly marks: TakeMarks }) {
  const boards = useApp((state) => state.boards)
  const takeOffBoard = useApp((state) => state.takeOffBoard)
  const items = useBoardItems([marks.take])
  const on = boards.filter(({ id }) => marks.boards.includes(id))
  return (
    <div role="group" aria-label="Boards of the take">
      <p className="mb-1 text-xs text-soft">Boards</p>
      <div className="flex flex-wrap items-center gap-1">
        {on.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-label={`Take off the board ${name}`}
            title={`Take off the board ${name}`}
            className="forced-edge flex h-6 max-w-60 items-center gap-1 rounded-md bg-hover px-2 text-xs text-ink hover:bg-sunken [&_svg]:size-3"
            onClick={() => void takeOffBoard([marks.take], id)}
          >
            <span className="truncate">{name}</span>
            <X aria-hidden />
          </button>
        ))}
        <MenuButton
          label="Boards"
          menu={<MenuItems items={items} />}
          button={
            <Button size="small" look="quiet" icon={<LayoutGrid aria-hidden />}>
              {on.length === 0 ? 'Put on a board' : 'Change'}
            </Button>
          }
        />
      </div>
    </div>
  )
}

/** What you say about one take: name, stars, flag, tags, note and boards. */
export function AboutMarks({ id, part }: { readonly id: string; readonly part: DetailsPart | null }) {
  const marks = useApp((state) => state.marks[id])
  const markTakes = useApp((state) => state.markTakes)
  const tags = useSoughtField<HTMLInputElement>(part === 'tags')
  if (!marks) return null
  const mark = (change: MarksChange) => void markTakes([id], change)
  return (
    <section aria-label="Your marks" className="space-y-3 border-t border-line px-4 py-3">
      <div className="flex items-center justify-between">
        <StarButtons
          value={marks.stars}
          onChange={(stars) => {
            mark({ stars })
          }}
        />
        <FlagButtons
          value={marks.flag}
          onChange={(flag) => {
            mark({ flag })
          }}
        />
      </div>
      <NameField
        saved={marks.name ?? ''}
        sought={part === 'name'}
        onSave={(name) => {
          mark({ name })
        }}
      />
      <TagsField
        ref={tags}
        tags={marks.tags}
        onAdd={(tag) => {
          mark({ addTags: [tag] })
        }}
        onRemove={(tag) => {
          mark({ removeTags: [tag] })
        }}
      />
      <NoteField
        saved={marks.note}
        sought={part === 'note'}
        onSave={(note) => {
          mark({ note })
        }}
      />
      <Boards marks={marks} />
    </section>
  )
}
