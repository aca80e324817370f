import { useEffect, useState, type ReactNode } from 'react'
import type { Milliseconds } from '../../../shared/units.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import type { PairStatus } from './pair-types.ts'
import type { ComparisonInPage } from './use-comparison.ts'
import type { Side } from './shared-clock.ts'
import type { FailedSide } from './use-player-pair.ts'
import { copyWords } from './words.ts'

const Pill = ({ children }: { readonly children: ReactNode }) => (
  <div className="absolute inset-x-0 bottom-3 mx-auto flex w-fit items-center gap-2 rounded-full bg-black/80 px-3.5 py-1.5 text-sm text-white forced-colors:border">
    {children}
  </div>
)

const Said = ({ children }: { readonly children: ReactNode }) => (
  <p role="status" className="flex items-center gap-2">
    {children}
  </p>
)

type ChoiceProps = { readonly onClick: (() => void) | null; readonly children: string }

/** Not shown where it would change nothing. */
const Choice = ({ onClick, children }: ChoiceProps) =>
  onClick && (
    <Button size="small" onClick={onClick}>
      {children}
    </Button>
  )

/** What comes sooner needs no word. */
const worthSaying: Milliseconds = 300

function Hint({ children }: { readonly children: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true)
    }, worthSaying)
    return () => {
      clearTimeout(timer)
    }
  }, [])
  return late ? (
    <p className="absolute right-3 bottom-3 rounded-full bg-black/60 px-2.5 py-1 text-xs text-white/80 forced-colors:border">
      {children}
    </p>
  ) : null
}

type StageNoticesProps = {
  readonly playing: ComparisonInPage
  /** Two players show one of them. */
  readonly takes: number
  /** What a side is called in a sentence. */
  readonly nameOf: (side: Side) => string
}

/** What is less than it should be is always said, with the way to more and the way back. */
export function StageNotices({ playing, takes, nameOf }: StageNoticesProps) {
  const { status, making, failed } = playing
  if (failed !== null) return <FailedNotice failed={failed} name={nameOf(failed.side)} />
  if (making !== null)
    return (
      <Pill>
        <Said>
          <Spinner /> {copyWords(nameOf(making.side), making.fraction)}
        </Said>
      </Pill>
    )
  if (status.phase === 'loading')
    return (
      <Pill>
        <Said>
          <Spinner /> Opening the videos
        </Said>
      </Pill>
    )
  const notice = noticeOf(playing, takes)
  const hint = hintOf(status)
  return (
    <>
      {hint !== null && <Hint key={hint}>{hint}</Hint>}
      {notice && <Pill>{notice}</Pill>}
    </>
  )
}

/** Until there are smaller copies, a long seek shows nothing of where it leads to. */
function hintOf({ phase, settled, sharpening, slow, catchingUp }: PairStatus): string | null {
  if (slow || catchingUp) return null
  if (sharpening) return 'Sharpening…'
  return phase === 'paused' && !settled ? 'Seeking…' : null
}

function noticeOf(playing: ComparisonInPage, takes: number): ReactNode {
  const { status, copies, engine, playSmoother, playCopies, playWhole } = playing
  if (status.slow)
    return (
      <>
        <Said>
          {copies.length > 0
            ? 'Smaller copies play, and still slower.'
            : 'This machine plays it slower, so no frame is wrong.'}
        </Said>
        <Choice onClick={copies.length > 0 ? null : playCopies}>Use smaller copies</Choice>
        <Choice onClick={playSmoother}>Play smoother, up to a frame off</Choice>
      </>
    )
  if (status.catchingUp)
    return (
      <Said>
        <Spinner /> Waiting for the next frames.
      </Said>
    )
  if (playing.opening)
    return (
      <Said>
        <Spinner /> Opening the added take.
      </Said>
    )
  if (copies.length > 0 && engine.kind === 'frames')
    return (
      <>
        <Said>Smaller copies play. Frames are still exact.</Said>
        <Choice onClick={playWhole}>Use full quality</Choice>
      </>
    )
  if (engine.kind === 'video' && playWhole)
    return (
      <>
        <Said>
          {engine.why === 'chosen' ? 'It plays smoother' : 'Two video players show it'}
          {takes > 1 ? ', one take at a time, up to a frame off.' : ', up to a frame off.'}
        </Said>
        <Choice onClick={playWhole}>Exact frames again</Choice>
      </>
    )
  return playing.silent ? <Said>The sound could not be loaded.</Said> : null
}

type FailedNoticeProps = { readonly failed: FailedSide; readonly name: string }

function FailedNotice({ failed: { problem, again }, name }: FailedNoticeProps) {
  return (
    <div className="absolute inset-0 flex items-center justify-center p-6">
      <Callout
        tone="bad"
        title={problem?.message ?? `This window can’t play ${name}, nor a copy of it.`}
        className="max-w-lg"
        action={
          <Button size="small" onClick={again}>
            Try again
          </Button>
        }
      >
        {problem === null ? 'Open it from its folder in another player.' : problem.advice}
      </Callout>
    </div>
  )
}
