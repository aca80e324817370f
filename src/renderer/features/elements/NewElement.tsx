import { ImagePlus, X } from 'lucide-react'
import { useState, useEffect, useRef } from 'react'
import type { Inspection } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useCall } from '../../lib/use-call.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { text } from './text.ts'

type Picture = { readonly token: string; readonly name: string; readonly url: string }

type PictureSlotProps = {
  readonly label: string
  readonly picture: Picture | null
  readonly disabled: boolean
  /** Null where it isn't an image; the reason is then shown beside the slots. */
  readonly read: (token: string) => Promise<Inspection | null>
  readonly onChange: (picture: Picture | null) => void
}

/** A place for one picture of an element that is to be made. */
function PictureSlot({ label, picture, disabled, read, onChange }: PictureSlotProps) {
  const chooseFiles = useApp((state) => state.chooseFiles)
  const [reading, setReading] = useState(false)

  async function choose() {
    const [file] = await chooseFiles('character')
    if (!file) return
    setReading(true)
    const found = await read(file.token)
    setReading(false)
    if (found) onChange({ token: file.token, name: file.name, url: found.picture })
  }

  return (
    <div className="relative w-28">
      <button
        type="button"
        disabled={disabled}
        aria-label={picture ? `${label}: ${picture.name}. Choose another` : `Choose the ${label}`}
        onClick={() => void choose()}
        className="flex aspect-square w-full items-center justify-center overflow-hidden rounded-xl border border-dashed border-edge bg-sunken text-faint hover:text-ink"
      >
        {picture ? (
          <img src={picture.url} alt="" draggable={false} className="size-full object-cover" />
        ) : reading ? (
          <Spinner />
        ) : (
          <ImagePlus aria-hidden className="size-5" />
        )}
      </button>
      {picture && (
        <IconButton
          size="small"
          label={`Remove ${picture.name}`}
          icon={<X />}
          className="absolute top-1 right-1 bg-panel/85"
          onClick={() => {
            onChange(null)
          }}
        />
      )}
      <p
        aria-hidden
        className={classNames('mt-1 truncate text-xs text-faint', !picture && 'first-letter:uppercase')}
      >
        {picture?.name ?? label}
      </p>
    </div>
  )
}

const maxLengths = { name: 20, description: 100 }
const mostOthers = 3
const ordinals = ['second image', 'third image', 'fourth image']

type NewElementProps = {
  readonly account: string
  readonly onMade: (name: string) => void
  readonly onClose: () => void
}

const notAnImage = (name: string): Problem => ({
  code: 'not-an-image',
  message: text.isVideo(name),
  advice: text.chooseImage,
})

/** An element from a frontal image and one to three others. */
export function NewElement({ account, onMade, onClose }: NewElementProps) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [frontal, setFrontal] = useState<Picture | null>(null)
  const [others, setOthers] = useState<readonly Picture[]>([])
  const create = useCall('element:create')
  const inspect = useCall('file:inspect')
  const [isVideo, setIsVideo] = useState<Problem | null>(null)
  const busy = create.pending || inspect.pending
  const form = useRef<HTMLFormElement>(null)
  // The button that opened this form is gone, and the keyboard with it.
  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [])
  const complete = name.trim() !== '' && description.trim() !== '' && frontal !== null && others.length > 0

  async function make() {
    if (!complete || busy) return
    const pictures = { frontal: frontal.token, others: others.map(({ token }) => token) }
    const words = { name: name.trim(), description: description.trim() }
    inspect.forget()
    setIsVideo(null)
    const made = await create.run({ account, ...words, ...pictures })
    if (made.ok) onMade(words.name)
  }

  async function readPicture(file: string): Promise<Inspection | null> {
    create.forget()
    setIsVideo(null)
    const read = await inspect.run({ file })
    if (!read.ok) return null
    if (read.value.facts.kind === 'character') return read.value
    setIsVideo(notAnImage(read.value.file.name))
    return null
  }

  return (
    <form
      ref={form}
      aria-label="A new element"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <TextField label="Name" value={name} maxLength={maxLengths.name} onChange={setName} />
      <TextField
        label="Description"
        value={description}
        maxLength={maxLengths.description}
        hint={text.descriptionUse}
        onChange={setDescription}
      />
      <fieldset>
        <legend className="mb-1.5 text-xs text-soft">
          Images: one from the front, and one to three from other sides
        </legend>
        <div className="flex flex-wrap gap-3">
          <PictureSlot
            label="frontal image"
            picture={frontal}
            disabled={busy}
            read={readPicture}
            onChange={setFrontal}
          />
          {ordinals.slice(0, Math.min(mostOthers, others.length + 1)).map((label, index) => (
            <PictureSlot
              key={label}
              label={label}
              picture={others[index] ?? null}
              disabled={busy}
              read={readPicture}
              onChange={(picture) => {
                setOthers((before) => before.toSpliced(index, 1, ...(picture ? [picture] : [])))
              }}
            />
          ))}
        </div>
      </fieldset>
      <ProblemCallout problem={create.problem ?? inspect.problem ?? isVideo} />
      <div className="flex items-center justify-end gap-2">
        {create.pending && (
          <p role="status" className="mr-auto flex items-center gap-2 text-xs text-faint">
            <Spinner /> {text.sending}
          </p>
        )}
        <Button look="quiet" onClick={onClose}>
          Back
        </Button>
        <Button look="primary" type="submit" disabled={!complete || busy}>
          Make the element
        </Button>
      </div>
    </form>
  )
}
