import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { folded, longest, readTag } from '../../../../shared/domain/marks.ts'
import { useCall } from '../../../lib/use-call.ts'
import { describedBy, FieldFrame, fieldLook } from '../../../ui/field-parts.tsx'
import { text } from './text.ts'

type TagsFieldProps = {
  readonly tags: readonly string[]
  readonly onAdd: (tag: string) => void
  readonly onRemove: (tag: string) => void
  readonly initialFocus?: boolean
  readonly ref?: React.Ref<HTMLInputElement>
}

/** The tags of takes: each with a way to remove it, and a field that adds one and knows those in use. */
export function TagsField({ tags, onAdd, onRemove, initialFocus = false, ref }: TagsFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  const { answer } = useCall('tag:list', {})
  const given = new Set(tags.map(folded))
  const add = () => {
    if (typed.trim() === '') return
    const tag = readTag(typed)
    setProblem(tag.ok ? undefined : tag.problem.message)
    if (!tag.ok) return
    if (!given.has(folded(tag.value))) onAdd(tag.value)
    setTyped('')
  }
  return (
    <FieldFrame id={id} label="Tags" hint={text.tagHint} problem={problem}>
      {tags.length > 0 && (
        <ul aria-label="Tags of the take" className="mb-1.5 flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                title={`Remove the tag ${tag}`}
                className="forced-edge flex h-6 max-w-60 items-center gap-1 rounded-md bg-hover px-2 text-xs text-ink hover:bg-sunken [&_svg]:size-3"
                onClick={() => {
                  onRemove(tag)
                }}
              >
                <span className="truncate">{tag}</span>
                <X aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={ref}
        id={id}
        list={`${id}-known`}
        value={typed}
        maxLength={longest.tag}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={describedBy({ id, hint: text.tagHint, problem })}
        {...(initialFocus && { 'data-initial-focus': true })}
        className={`${fieldLook} border-edge`}
        onChange={(event) => {
          setTyped(event.target.value)
        }}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ',') return
          event.preventDefault()
          add()
        }}
      />
      <datalist id={`${id}-known`}>
        {answer
          ?.filter(({ tag }) => !given.has(folded(tag)))
          .map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </FieldFrame>
  )
}
