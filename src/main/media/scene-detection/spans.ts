import type { Span } from '../../../shared/domain/scan.ts'
import type { Seconds } from '../../../shared/units.ts'

/** Joins what is true from moment to moment into spans of at least `least`; holes up to `bridge` do not part them. */
export function createSpans(least: Seconds, bridge: Seconds = 0) {
  const spans: Span[] = []
  let open: Span | null = null
  // Sums of frame times carry noise beyond the microsecond.
  const enough = ({ start, end }: Span) => end - start >= least - 1e-6

  const end = () => {
    if (open && enough(open)) spans.push(open)
    open = null
  }
  return {
    /** `part` begins where the one before ended, or later. */
    add: (part: Span): void => {
      if (open && part.start - open.end > bridge + 1e-6) end()
      open = { start: open?.start ?? part.start, end: part.end }
    },
    close: (): readonly Span[] => {
      end()
      return spans
    },
  }
}

/** What is left of `spans` outside of `holes`, in pieces of at least `least`. */
export function without(spans: readonly Span[], holes: readonly Span[], least: Seconds): readonly Span[] {
  return spans
    .flatMap((span) =>
      holes.reduce<readonly Span[]>(
        (pieces, hole) =>
          pieces.flatMap((piece) => [
            { start: piece.start, end: Math.min(piece.end, hole.start) },
            { start: Math.max(piece.start, hole.end), end: piece.end },
          ]),
        [span],
      ),
    )
    .filter(({ start, end }) => end - start >= least - 1e-6)
}
