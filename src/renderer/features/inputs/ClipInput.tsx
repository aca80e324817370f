import type { ReactNode } from 'react'
import type { ClipInspection } from '../../state/intake.ts'
import { useApp } from '../../state/store.ts'
import { clipFactsLine } from '../../lib/facts-line.ts'
import { InputFrame } from './InputFrame.tsx'

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
