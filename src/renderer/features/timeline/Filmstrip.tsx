import { useMemo } from 'react'
import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { Pixels, Seconds } from '../../../shared/units.ts'
import { pictureFor, piecesOf, slotsOf } from './strip.ts'
import { useFilmstrip } from './use-filmstrip.ts'
import { placeOf, type View } from './view.ts'

export type FilmstripProps = {
  readonly file: string
  readonly facts: Pick<ClipFacts, 'duration' | 'keyframeInterval'>
  readonly view: View
  readonly width: Pixels
  /** Where scenes begin, as far as it is known. */
  readonly cuts: readonly Seconds[]
  /** How wide a picture is that is not cut off. */
  readonly wide: Pixels
}

/** Pictures of what is in sight; a coarse one stands in for a finer one that is on its way. */
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
