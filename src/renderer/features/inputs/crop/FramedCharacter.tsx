import { useId } from 'react'
import type { CharacterInspection } from '../../../state/intake.ts'
import { useApp } from '../../../state/store.ts'
import { CropFrame } from './CropFrame.tsx'
import { FittedPicture } from './FittedPicture.tsx'
import { areaOfCrop, cropOfArea } from './frame.ts'
import { frameWords, sentWords } from './frame-words.ts'
import { PictureBox } from './PictureBox.tsx'
import { PictureSource } from './PictureSource.tsx'
import type { Framing } from './use-crop.ts'

export type FramedCharacterProps = {
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
    <p className="tabular pointer-events-none absolute right-2 bottom-1.5 rounded bg-black/75 px-1.5 text-[0.72rem] text-white">
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
