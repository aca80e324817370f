import { useApp } from '../../state/store.ts'
import { ClipPreview } from '../timeline/ClipPreview.tsx'
import { clipFactsLine } from '../../lib/facts-line.ts'
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
