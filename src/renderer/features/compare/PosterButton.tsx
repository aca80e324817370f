import { ImageUp } from 'lucide-react'
import { insideFrame, type FrameList } from '../../../shared/domain/frames.ts'
import { useApp } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Readings } from './pair-types.ts'

type PosterButtonProps = {
  readonly take: string
  readonly result: FrameList
  readonly readings: Readings
  /** Which of the painted sides the result is. */
  readonly index: number
}

/** Makes the frame of the result that is in sight the poster of its take. */
export function PosterButton({ take, result, readings, index }: PosterButtonProps) {
  const choosePoster = useApp((state) => state.choosePoster)
  return (
    <IconButton
      size="small"
      label="Use this frame as poster"
      icon={<ImageUp />}
      onClick={() => {
        const frame = readings.latest().frames[index] ?? 0
        void choosePoster(take, insideFrame(result, frame, 0))
      }}
    />
  )
}
