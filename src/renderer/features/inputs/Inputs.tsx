import { useRef, useState, type ReactNode } from 'react'
import { X } from 'lucide-react'
import { useApp } from '../../state/store.ts'
import { characterFactsLine, clipFactsLine } from '../../lib/facts-line.ts'
import { FramedCharacter } from './crop/FramedCharacter.tsx'
import { FramingBar } from './crop/CropBar.tsx'
import { useFraming } from './crop/use-crop.ts'
import { InputFrame } from './InputFrame.tsx'
import type { CharacterInspection, ClipInspection } from '../../state/intake.ts'
import { Callout } from '../../ui/Callout.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

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

type ClipInputProps = { readonly preview: (clip: ClipInspection) => ReactNode }

export function ClipInput({ preview }: ClipInputProps) {
  const clip = useApp((state) => state.clip)
  return (
    <InputFrame
      kind="clip"
      input={
        clip && {
          name: clip.file.name,
          facts: clipFactsLine(clip.facts),
          picture: preview(clip),
        }
      }
    />
  )
}

/** What became of files that were given and are not in their expected place. */
export function Remarks() {
  const remarks = useApp((state) => state.remarks)
  const dismissRemarks = useApp((state) => state.dismissRemarks)
  if (remarks.length === 0) return null
  return (
    <div className="space-y-2">
      {remarks.map(({ tone, title, advice, detail }, index) => (
        <Callout
          key={title}
          tone={tone}
          title={title}
          action={
            index === 0 && (
              <IconButton
                size="small"
                label="Dismiss"
                icon={<X />}
                className="-my-1"
                onClick={dismissRemarks}
              />
            )
          }
        >
          {advice}
          {detail && <span className="mt-1 block font-mono text-[0.75rem]">{detail}</span>}
        </Callout>
      ))}
    </div>
  )
}
