import { useApp } from '../../app/store.ts'
import { ClipPreview } from './ClipPreview.tsx'
import { clipFactsLine } from './facts-line.ts'
import { InputFrame } from './InputFrame.tsx'

export function ClipInput() {
  const clip = useApp((state) => state.clip)
  return (
    <InputFrame
      kind="clip"
      input={
        clip && {
          name: clip.file.name,
          facts: clipFactsLine(clip.facts),
          picture: <ClipPreview key={clip.file.token} clip={clip} />,
        }
      }
    />
  )
}
