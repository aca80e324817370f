import { useState } from 'react'
import type { ImageFormat } from '../../../../shared/domain/media.ts'
import type { CharacterInspection } from '../../../state/intake.ts'

/** Formats with see-through parts that every window shows. */
const shown: ReadonlySet<ImageFormat> = new Set(['png', 'webp', 'gif', 'avif'])

/** The character's picture; with its see-through parts where the window can show the file itself. */
export function PictureSource({ character }: { readonly character: CharacterInspection }) {
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
