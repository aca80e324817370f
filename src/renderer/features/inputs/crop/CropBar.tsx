import { Check, Crop, RotateCcw } from 'lucide-react'
import { useId, useRef, type Ref } from 'react'
import { useApp } from '../../../state/store.ts'
import type { CharacterInspection } from '../../../state/intake.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { cropOfArea, startingArea } from './frame.ts'
import { drawnWords, useFraming, type Framing } from './use-crop.ts'

function Background({ fit }: { readonly fit: Framing['fit'] }) {
  const id = useId()
  const gesture = useRef('')
  const changeFit = useApp((state) => state.changeFit)
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-soft">
        Background
      </label>
      <input
        id={id}
        type="color"
        value={fit.background}
        // The system's dialog tells of every colour it passes: together they are one choice.
        onClick={() => {
          gesture.current = crypto.randomUUID()
        }}
        onChange={(event) => {
          changeFit({ background: event.target.value }, gesture.current)
        }}
        className="h-7 w-9 rounded-md border border-edge bg-raised p-0.5"
      />
    </span>
  )
}

const ways = [
  { value: 'pad', label: 'Add a border' },
  { value: 'crop', label: 'Crop to fit' },
] as const

export type CropButtonProps = {
  readonly framing: Framing
  readonly drawing: boolean
  readonly onDrawing: (drawing: boolean) => void
  readonly button: Ref<HTMLButtonElement>
}

/** Begins and ends drawing a frame on the picture. */
export function CropButton({ framing, drawing, onDrawing, button }: CropButtonProps) {
  const changeFit = useApp((state) => state.changeFit)
  const { fit, bounds, outside } = framing
  return (
    <>
      {drawing && (
        <p className="tabular truncate text-xs text-faint @max-[18rem]:sr-only">{drawnWords(framing)}</p>
      )}
      {fit.crop !== null && (
        <IconButton
          size="small"
          label="Remove the crop"
          icon={<RotateCcw />}
          onClick={() => {
            changeFit({ crop: null })
          }}
        />
      )}
      <Button
        size="small"
        look="quiet"
        icon={drawing ? <Check aria-hidden /> : <Crop aria-hidden />}
        ref={button}
        aria-pressed={drawing}
        className="px-1.5"
        onClick={() => {
          // The largest part that the model takes is one click away.
          if (!drawing && outside) changeFit({ crop: cropOfArea(startingArea(null, bounds), bounds.size) })
          onDrawing(!drawing)
        }}
      >
        <span className="@max-[15rem]:sr-only">{drawing ? 'Done' : 'Crop'}</span>
      </Button>
    </>
  )
}

/** What is done where the model takes another shape, and what is seen behind the picture. */
export function FramingChoice({ character }: { readonly character: CharacterInspection }) {
  const changeFit = useApp((state) => state.changeFit)
  const { fit, outside, hasBackground } = useFraming(character)
  if (!outside && !hasBackground) return null
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 text-xs">
      {outside && (
        <Segmented
          label="Character shape"
          size="small"
          value={fit.aspect}
          options={ways}
          onChange={(value) => {
            changeFit({ aspect: value })
          }}
        />
      )}
      {hasBackground && <Background fit={fit} />}
    </div>
  )
}
