import { useClipPlayer } from '../../lib/clip-player.ts'
import { Lightbulb } from 'lucide-react'
import { type Seconds, formatSeconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import { frameAtTime } from '../../lib/frame-times.ts'
import type { Finding } from '../../../shared/rules/finding.ts'
import { longestSpanWithoutCut } from '../../../shared/rules/hints.ts'
import type { Span } from '../../../shared/domain/media.ts'
import { Button } from '../../ui/Button.tsx'
import { adviceWords } from '../../lib/finding-words.ts'
import { chosenModel } from '../../state/inputs.ts'
import { windowLimits } from '../../state/trim-window.ts'
import { hintSentences } from '../../lib/hints.ts'

/** Shows a moment of the clip in its player. */
function useSeek(): (time: Seconds) => void {
  const player = useClipPlayer((state) => state.player)
  const edges = useApp((state) => state.clipLook?.edges ?? null)
  return (time) => {
    if (player && edges) player.show(frameAtTime(edges, time))
  }
}

const mostTimes = 8

function Times({ spans }: { readonly spans: readonly Span[] }) {
  const seekTo = useSeek()
  const more = spans.length - mostTimes
  return (
    <ul aria-label="Where in the clip" className="mt-1.5 flex flex-wrap gap-1">
      {spans.slice(0, mostTimes).map(({ start }) => (
        <li key={start}>
          <Button
            size="small"
            className="tabular h-6 px-2"
            aria-label={`Show ${formatSeconds(start)}`}
            onClick={() => {
              seekTo(start)
            }}
          >
            {formatSeconds(start)}
          </Button>
        </li>
      ))}
      {more > 0 && <li className="self-center text-xs text-faint">and {more} more</li>}
    </ul>
  )
}

/** One click to a part that the hint does not apply to. */
function WithoutCut() {
  const facts = useApp((state) => state.clip?.facts ?? null)
  const scan = useApp((state) => state.clipLook?.scan ?? null)
  const model = useApp(chosenModel)
  const orientation = useApp((state) => state.takeSettings.orientation)
  const changeWindow = useApp((state) => state.changeWindow)
  if (!facts || !scan) return null
  const limits = windowLimits(model, orientation)
  const part = longestSpanWithoutCut(facts, scan, limits)
  if (part === null || part.length < limits.min) return null
  return (
    <Button
      size="small"
      className="mt-2"
      onClick={() => {
        changeWindow(part)
      }}
    >
      Use the longest part without a cut: {formatSeconds(part.length)}
    </Button>
  )
}

/** What our own look at the picture suggests: always called a hint, with its reason and its times. */
export function HintFinding({ finding }: { readonly finding: Finding }) {
  const { seen, why } = hintSentences(finding)
  return (
    <li className="flex gap-2.5 rounded-lg bg-warn-wash px-3 py-2.5 text-sm">
      <Lightbulb aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1" data-selectable>
        <p className="text-xs font-semibold tracking-wide text-warn">Hint</p>
        <p className="text-xs font-medium text-ink">{seen}</p>
        <p className="mt-0.5 text-xs text-soft">
          {why} {adviceWords[finding.rule]}
        </p>
        {finding.spans && finding.spans.length > 0 && <Times spans={finding.spans} />}
        {finding.rule === 'clip.cuts' && <WithoutCut />}
      </div>
    </li>
  )
}
