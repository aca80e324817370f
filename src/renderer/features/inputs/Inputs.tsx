import { useRef, type CSSProperties, type ReactNode } from 'react'
import { useApp } from '../../state/store.ts'
import { characterFactsLine, clipFactsLine } from '../../lib/facts-line.ts'
import type { Size } from '../../../shared/domain/picture-geometry.ts'
import { FramedCharacter } from './crop/FramedCharacter.tsx'
import { CropButton } from './crop/CropBar.tsx'
import { useFraming } from './crop/use-crop.ts'
import { InputFrame } from './InputFrame.tsx'
import type { CharacterInspection, ClipInspection } from '../../state/intake.ts'

const aspectOf = ({ width, height }: Size) => width / height

type ChosenCharacterProps = {
  readonly character: CharacterInspection
  readonly style?: CSSProperties
}

/** The character on the stage, as it is sent; its frame is drawn on the picture itself. */
export function ChosenCharacter({ character, style }: ChosenCharacterProps) {
  const drawing = useApp((state) => state.cropping)
  const setDrawing = useApp((state) => state.setCropping)
  const crop = useRef<HTMLButtonElement>(null)
  const framing = useFraming(character)
  return (
    <InputFrame
      kind="character"
      name={character.file.name}
      facts={characterFactsLine(character.facts)}
      tools={<CropButton framing={framing} drawing={drawing} onDrawing={setDrawing} button={crop} />}
      {...(style && { style })}
    >
      <FramedCharacter
        character={character}
        framing={framing}
        drawing={drawing}
        onDone={() => {
          setDrawing(false)
          crop.current?.focus()
        }}
      />
    </InputFrame>
  )
}

/** The shape that a character has on the stage: what is sent of it, and all of it while its frame is drawn. */
export function useCharacterAspect(character: CharacterInspection): number {
  const drawing = useApp((state) => state.cropping)
  const { layout, bounds } = useFraming(character)
  return aspectOf(drawing ? bounds.size : (layout?.canvas ?? bounds.size))
}

type ChosenClipProps = {
  readonly clip: ClipInspection
  readonly style?: CSSProperties
  readonly children: ReactNode
}

/** The clip on the stage. */
export function ChosenClip({ clip, style, children }: ChosenClipProps) {
  return (
    <InputFrame kind="clip" name={clip.file.name} facts={clipFactsLine(clip.facts)} {...(style && { style })}>
      {children}
    </InputFrame>
  )
}
