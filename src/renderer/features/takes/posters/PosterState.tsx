import { Ban, Check, CircleAlert, CircleHelp, Clock3, Pause, TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import type { Take } from '../../../../shared/domain/take.ts'
import { wordsOf } from '../../../../shared/text/take-status.ts'
import { leftWords, usualRange } from '../../../lib/eta.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import type { Tone } from '../../../lib/tone.ts'

const tones: Readonly<Record<Tone, string>> = {
  info: 'text-soft',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
}

const signs = {
  question: <CircleHelp aria-hidden />,
  done: <Check aria-hidden />,
  ended: <Ban aria-hidden />,
  bad: <CircleAlert aria-hidden />,
  warn: <TriangleAlert aria-hidden />,
  waiting: <Clock3 aria-hidden />,
  paused: <Pause aria-hidden />,
} as const

const circle = 2 * Math.PI * 6

/** How far a take is, as a ring; one that does not say so turns. */
function Ring({ fraction }: { readonly fraction: number | null }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden
      className={classNames('size-4 -rotate-90', fraction === null && 'animate-spin')}
    >
      <circle cx="8" cy="8" r="6" className="fill-none stroke-line" strokeWidth="2.5" />
      <circle
        cx="8"
        cy="8"
        r="6"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={`${String((fraction ?? 0.25) * circle)} ${String(circle)}`}
        className="fill-none stroke-current"
      />
    </svg>
  )
}

function signOf({ state, queued }: Take, tone: Tone): keyof typeof signs {
  if (state === 'NEEDS_USER' || state === 'DRAFT') return 'question'
  if (state === 'DONE') return 'done'
  if (state === 'ABANDONED') return 'ended'
  if (queued?.paused === true) return 'paused'
  return tone === 'bad' || tone === 'warn' ? tone : 'waiting'
}

/** What is left of the usual time, counted down; null where nothing is known. */
function useLeft(take: Take): string | null {
  const takes = useApp((state) => state.takes)
  const usual = useMemo(() => usualRange(take, Object.values(takes)), [take, takes])
  return leftWords(take, usual, useNow())
}

const Left = ({ children }: { readonly children: string }) => (
  <span className="tabular whitespace-nowrap text-faint">{children}</span>
)

/** The state of a take as a sign and a word, with how long it still takes. */
export function PosterState({ take, brief = false }: { readonly take: Take; readonly brief?: boolean }) {
  const { label, tone, busy } = wordsOf(take)
  const left = useLeft(take)
  // In one line, a ring with the time left says that it runs as expected.
  const onlyLeft = brief && busy && tone === 'info' && left !== null
  return (
    <>
      <span className={classNames('flex min-w-0 items-center gap-1 font-medium', tones[tone])} title={label}>
        <span className="shrink-0 [&_svg]:size-3.5">
          {busy && take.state !== 'READY' ? <Ring fraction={take.progress} /> : signs[signOf(take, tone)]}
        </span>
        {onlyLeft ? <Left>{left}</Left> : <span className="truncate">{label}</span>}
      </span>
      {busy && !brief && left !== null && <Left>{left}</Left>}
    </>
  )
}
