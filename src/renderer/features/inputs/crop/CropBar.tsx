import { Crop } from 'lucide-react'
import { useId, useRef, type Ref } from 'react'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { cropOfArea, startingArea } from './frame.ts'
import { drawnWords, type Framing } from './use-crop.ts'

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

export type FramingBarProps = {
  readonly framing: Framing
  readonly drawing: boolean
  readonly onDrawing: (drawing: boolean) => void
  readonly button: Ref<HTMLButtonElement>
}

/** Which part of the character is kept, and what is done where the model takes another shape. */
export function FramingBar({ framing, drawing, onDrawing, button }: FramingBarProps) {
  const changeFit = useApp((state) => state.changeFit)
  const { fit, bounds, outside, hasBackground } = framing
  const { size } = bounds
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-xs">
      <Button
        size="small"
        icon={<Crop aria-hidden />}
        ref={button}
        aria-pressed={drawing}
        onClick={() => {
          // The largest part that the model takes is one click away.
          if (!drawing && outside) changeFit({ crop: cropOfArea(startingArea(null, bounds), size) })
          onDrawing(!drawing)
        }}
      >
        {drawing ? 'Done' : 'Crop'}
      </Button>
      {fit.crop !== null && (
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            changeFit({ crop: null })
          }}
        >
          Remove the crop
        </Button>
      )}
      {outside && (
        <Segmented
          label="Character shape"
          value={fit.aspect}
          options={ways}
          onChange={(value) => {
            changeFit({ aspect: value })
          }}
        />
      )}
      {hasBackground && <Background fit={fit} />}
      {drawing && <p className="tabular ml-auto text-right text-faint">{drawnWords(framing)}</p>}
    </div>
  )
}
