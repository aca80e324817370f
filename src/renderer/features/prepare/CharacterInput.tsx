import { useApp } from '../../app/store.ts'
import { characterFactsLine } from './facts-line.ts'
import { InputFrame } from './InputFrame.tsx'

export function CharacterInput() {
  const character = useApp((state) => state.character)
  return (
    <InputFrame
      kind="character"
      input={
        character && {
          name: character.file.name,
          facts: characterFactsLine(character.facts),
          picture: (
            <img
              src={character.picture}
              alt={`The character, ${character.file.name}`}
              draggable={false}
              className="h-[clamp(10rem,30vh,26rem)] w-full object-contain"
            />
          ),
        }
      }
    />
  )
}
