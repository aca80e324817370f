import { Scissors } from 'lucide-react'
import { longestSpanWithoutCut } from '../../../shared/rules/hints.ts'
import type { ClipFacts, Scan } from '../../../shared/domain/media.ts'
import { Button } from '../../ui/Button.tsx'
import { spanOf, type FrameSpan } from '../../state/trim-window.ts'
import type { Performed } from './use-performed.ts'
import { momentTolerance } from '../../../shared/units.ts'

export type LongestSpanProps = {
  readonly facts: ClipFacts
  readonly scan: Scan
  readonly performed: Performed
  readonly onShow: (frame: number) => void
}

/** The frames of the longest part without a cut; null where none is as long as the provider wants. */
function longest({ facts, scan, performed }: Omit<LongestSpanProps, 'onShow'>): FrameSpan | null {
  const { edges, limits } = performed
  if (scan.cuts.length === 0) return null
  const found = longestSpanWithoutCut(facts, scan, { max: limits.max })
  return found && found.length >= limits.min - momentTolerance ? spanOf(edges, found, limits) : null
}

export function LongestSpan({ onShow, ...rest }: LongestSpanProps) {
  const span = longest(rest)
  const { performed } = rest
  if (!span) return null
  const isChosen = span.from === performed.span.from && span.to === performed.span.to
  return (
    <Button
      size="small"
      look="quiet"
      className="h-5"
      icon={<Scissors />}
      disabled={isChosen}
      onClick={() => {
        performed.put(span)
        onShow(span.from)
      }}
    >
      Use the longest part without a cut
    </Button>
  )
}
