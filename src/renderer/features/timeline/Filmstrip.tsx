import { useEffect, useRef, useState, useMemo } from 'react'
import type { ClipFacts, StripPicture } from '../../../shared/domain/media.ts'
import { desktop } from '../../lib/desktop.ts'
import { later } from './loop-player.ts'
import {
  createStripLoader,
  type StripLoader,
  type Slot,
  pictureFor,
  piecesOf,
  slotsOf,
} from './strip-loader.ts'
import type { Pixels, Seconds } from '../../../shared/units.ts'
import { placeOf, type View } from './view.ts'

/** The pictures of a clip that are known so far, for the slots in sight. */
function useFilmstrip(
  file: string,
  { duration, keyframeInterval }: Pick<ClipFacts, 'duration' | 'keyframeInterval'>,
  slots: readonly Slot[],
): readonly StripPicture[] {
  const [pictures, setPictures] = useState<readonly StripPicture[]>([])
  const loader = useRef<StripLoader | null>(null)
  useEffect(() => {
    loader.current = createStripLoader({
      duration,
      keyframeInterval,
      later,
      onPictures: setPictures,
      ask: async (request, call) => {
        const answer = await desktop().ask['clip:filmstrip']({ file, ...request }, call)
        return answer.ok ? answer.value : null
      },
      cancel: (call) => void desktop().ask['call:cancel']({ call }),
    })
    return () => {
      loader.current?.dispose()
    }
  }, [file, duration, keyframeInterval])
  useEffect(() => {
    loader.current?.want(slots)
  }, [file, duration, keyframeInterval, slots])
  return pictures
}

type FilmstripProps = {
  readonly file: string
  readonly facts: Pick<ClipFacts, 'duration' | 'keyframeInterval'>
  readonly view: View
  readonly width: Pixels
  /** Where scenes begin, as far as it is known. */
  readonly cuts: readonly Seconds[]
  /** How wide a picture is that is not cut off. */
  readonly wide: Pixels
}

/** Thumbnails of what is visible; a coarse one is shown until a finer one arrives. */
export function Filmstrip({ file, facts, view, width, cuts, wide }: FilmstripProps) {
  const { duration } = facts
  const slots = useMemo(() => slotsOf(view, { width, duration, wide }), [view, width, duration, wide])
  const pictures = useFilmstrip(file, facts, slots)
  return (
    <div aria-hidden className="absolute inset-0 overflow-hidden bg-stage">
      {piecesOf(slots, cuts).map((slot) => {
        const found = pictureFor(slot, pictures, cuts)
        return (
          found && (
            <img
              key={slot.start}
              src={found.picture}
              alt=""
              draggable={false}
              className="absolute top-0 h-full object-cover"
              style={{
                left: `${String(placeOf(slot.start, view))}%`,
                // A hair wider, so that no seam shows between two pictures.
                width: `calc(${String(placeOf(slot.end, view) - placeOf(slot.start, view))}% + 0.5px)`,
              }}
            />
          )
        )
      })}
    </div>
  )
}
