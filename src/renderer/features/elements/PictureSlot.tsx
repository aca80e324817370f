import { ImagePlus, X } from 'lucide-react'
import { useState } from 'react'
import type { Inspection } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'

export type Picture = { readonly token: string; readonly name: string; readonly url: string }

export type PictureSlotProps = {
  readonly label: string
  readonly picture: Picture | null
  readonly disabled: boolean
  /** Null where it is no image; why is then shown beside the slots. */
  readonly read: (token: string) => Promise<Inspection | null>
  readonly onChange: (picture: Picture | null) => void
}

/** A place for one picture of an element that is to be made. */
export function PictureSlot({ label, picture, disabled, read, onChange }: PictureSlotProps) {
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
