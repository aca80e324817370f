import { useRef, useState } from 'react'
import { useApp } from '../../state/store.ts'
import { characterFactsLine } from '../../lib/facts-line.ts'
import { FramedCharacter } from './crop/FramedCharacter.tsx'
import { FramingBar } from './crop/CropBar.tsx'
import { useFraming } from './crop/use-crop.ts'
import { InputFrame } from './InputFrame.tsx'
import type { CharacterInspection } from '../../state/intake.ts'

function ChosenCharacter({ character }: { readonly character: CharacterInspection }) {
  const [drawing, setDrawing] = useState(false)
  const crop = useRef<HTMLButtonElement>(null)
  const framing = useFraming(character)
  return (
    <InputFrame
      kind="character"
      input={{
        name: character.file.name,
        facts: characterFactsLine(character.facts),
        picture: (
          <FramedCharacter
            character={character}
            framing={framing}
            drawing={drawing}
            onDone={() => {
              setDrawing(false)
              crop.current?.focus()
            }}
          />
        ),
        tools: <FramingBar framing={framing} drawing={drawing} onDrawing={setDrawing} button={crop} />,
      }}
    />
  )
}

export function CharacterInput() {
  const character = useApp((state) => state.character)
  if (!character) return <InputFrame kind="character" input={null} />
  return <ChosenCharacter key={character.file.token} character={character} />
}
