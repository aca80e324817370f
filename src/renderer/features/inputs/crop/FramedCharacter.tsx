import { type ReactNode, useState, useId } from 'react'
import type { Size, Area } from '../../../../shared/domain/picture-geometry.ts'
import type { ImageFormat } from '../../../../shared/domain/media.ts'
import type { CharacterInspection } from '../../../state/intake.ts'
import { type Framing, frameWords, sentWords } from './use-crop.ts'
import { useApp } from '../../../state/store.ts'
import { CropFrame } from './CropFrame.tsx'
import { areaOfCrop, cropOfArea } from './frame.ts'

/** Leaves room for what is drawn over the edges of the picture. */
const margin = '14px'

type PictureBoxProps = {
  readonly size: Size
  readonly inset?: boolean
  readonly background?: string
  readonly children: ReactNode
}

/** A box of a picture's own aspect, as large as the place for it allows. */
function PictureBox({ size, inset = false, background, children }: PictureBoxProps) {
  const aspect = size.width / size.height
  const padding = inset ? margin : '0px'
  return (
    <div className="absolute inset-0 flex items-center justify-center">
      <div
        className="relative"
        style={{
          aspectRatio: String(aspect),
          // The pane is the container that is measured here.
          width: `min(100cqw - 2 * ${padding}, (100cqh - 2 * ${padding}) * ${String(aspect)})`,
          ...(background !== undefined && { background }),
        }}
      >
        {children}
      </div>
    </div>
  )
}

/** Formats with see-through parts that every window shows. */
const shown: ReadonlySet<ImageFormat> = new Set(['png', 'webp', 'gif', 'avif'])

/** The character's picture; with its see-through parts where the window can show the file itself. */
function PictureSource({ character }: { readonly character: CharacterInspection }) {
  const { facts, file, picture, media } = character
  const [failed, setFailed] = useState<string | null>(null)
  // Of an animation only the first picture is sent, which is the one the core drew.
  const own = facts.alpha && !facts.animated && shown.has(facts.format) && failed !== media
  return (
    <img
      src={own ? media : picture}
      alt={`The character, ${file.name}`}
      draggable={false}
      className="absolute inset-0 size-full"
      onError={() => {
        setFailed(media)
      }}
    />
  )
}

const percent = (part: number, whole: number) => `${String((part / whole) * 100)}%`

const placeOn = (area: Area, { width, height }: Size) => ({
  left: percent(area.left, width),
  top: percent(area.top, height),
  width: percent(area.width, width),
  height: percent(area.height, height),
})

/** The character as it will be sent: the part in the frame, on its background. */
export function FittedPicture({
  character,
  framing: { bounds, layout, fit, hasBackground },
}: {
  readonly character: CharacterInspection
  readonly framing: Framing
}) {
  const { size } = bounds
  const whole = { left: 0, top: 0, ...size }
  const { kept, canvas, shown } = layout ?? { kept: whole, canvas: size, shown: whole }
  return (
    <PictureBox size={canvas} {...(hasBackground && { background: fit.background })}>
      <div className="absolute overflow-hidden" style={placeOn(shown, canvas)}>
        {/* As large as the whole picture would be, moved so that the kept part is in sight. */}
        <div
          className="absolute"
          style={{
            left: percent(-kept.left, kept.width),
            top: percent(-kept.top, kept.height),
            width: percent(size.width, kept.width),
            height: percent(size.height, kept.height),
          }}
        >
          <PictureSource character={character} />
        </div>
      </div>
    </PictureBox>
  )
}

type FramedCharacterProps = {
  readonly character: CharacterInspection
  readonly framing: Framing
  /** The frame is being drawn: the whole picture is shown. */
  readonly drawing: boolean
  /** The frame is left by Escape. */
  readonly onDone: () => void
}

function Caption({ text }: { readonly text: string | null }) {
  if (text === null) return null
  return (
    <p className="tabular pointer-events-none absolute right-2 bottom-1.5 rounded bg-black/75 px-1.5 text-xs text-white">
      {text}
    </p>
  )
}

/** The character as it is sent, or the whole picture with the frame over it. */
export function FramedCharacter({ character, framing, drawing, onDone }: FramedCharacterProps) {
  const id = useId()
  const changeFit = useApp((state) => state.changeFit)
  if (!drawing)
    return (
      <>
        <FittedPicture character={character} framing={framing} />
        <Caption text={sentWords(framing)} />
      </>
    )
  const { bounds, fit } = framing
  const { size } = bounds
  const area = areaOfCrop(fit.crop, size)
  return (
    <>
      <PictureBox size={size} inset {...(character.facts.alpha && { background: fit.background })}>
        <PictureSource character={character} />
        <CropFrame
          area={area}
          bounds={bounds}
          describedBy={id}
          onChange={(after, gesture) => {
            changeFit({ crop: cropOfArea(after, size) }, gesture)
          }}
          onDone={onDone}
        />
      </PictureBox>
      <p id={id} role="status" className="sr-only">
        {frameWords(area)} of {frameWords(size)}
      </p>
    </>
  )
}
