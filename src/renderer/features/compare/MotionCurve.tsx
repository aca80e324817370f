import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'
import type { Span } from '../../../shared/domain/media.ts'
import { freezesIn, type TakeMotion } from '../../../shared/domain/motion.ts'
import { inWords } from '../../../shared/text/result-length.ts'
import type { Seconds } from '../../../shared/units.ts'
import { useCall } from '../../lib/use-call.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { drawing, motionPath, shareAt, timeAt } from './motion-path.ts'
import type { Places, Shown } from './places.ts'

type MotionCurveProps = {
  readonly takeId: string
  /** How much later the result is shown: its lead with the other sign. */
  readonly offset: Seconds
  /** From where to where the shared clock goes. */
  readonly clock: Shown
  readonly places: Places
  /** While the pointer is down; `onSeekEnd` follows. */
  readonly onSeek: (time: Seconds) => void
  readonly onSeekEnd: () => void
}

const kept = 'motion-curve'

/** Whether the curve is open, as the user left it. Folded at first: the height is for the pictures. */
export function useMotionFold(): readonly [isOpen: boolean, toggle: () => void] {
  const [isOpen, setOpen] = useState(() => localStorage.getItem(kept) === 'shown')
  const toggle = () => {
    localStorage.setItem(kept, isOpen ? 'hidden' : 'shown')
    setOpen(!isOpen)
  }
  return [isOpen, toggle]
}

/**
 * How much moves in both videos, moment by moment, under the time line. Mounted only while it is open: what is not looked
 * at is not asked for, because the answer may need both videos decoded.
 */
export const MotionCurve = (props: MotionCurveProps) => <Motion key={props.takeId} {...props} />

function Motion(props: MotionCurveProps) {
  const { takeId } = props
  const { answer, problem, progress, run } = useCall('take:motion', { take: takeId }, { cancellable: true })
  return (
    <section aria-label="Motion" className="text-xs text-soft">
      <div className="h-10">
        {answer ? (
          <Curve {...props} motion={answer} />
        ) : problem ? (
          <p role="alert" className="flex h-full items-center gap-2 text-bad">
            {problem.message} {problem.advice}
            <Button size="small" onClick={() => void run({ take: takeId })}>
              Try again
            </Button>
          </p>
        ) : (
          <div className="flex h-full flex-col justify-center gap-1.5">
            <p role="status">Measuring motion</p>
            <Progress label="Measuring motion" fraction={progress} />
          </div>
        )}
      </div>
      {answer && (
        <div className="flex min-h-6 items-center gap-x-3">
          <Told {...props} motion={answer} />
        </div>
      )}
    </section>
  )
}

type CurveProps = MotionCurveProps & { readonly motion: TakeMotion }

/** Where the result stands still, on the shared clock. */
const freezesOf = ({ reference, result }: TakeMotion, offset: Seconds): readonly Span[] =>
  freezesIn(reference, result, -offset).map(({ start, end }) => ({
    start: start + offset,
    end: end + offset,
  }))

const cutOf = ({ shorter }: TakeMotion) => (shorter?.seen?.kind === 'cut' ? shorter.seen.start : null)

function Curve({ motion, offset, clock, places, onSeek, onSeekEnd }: CurveProps) {
  const head = useRef<HTMLDivElement>(null)
  const { start, end } = clock
  const drawn = useMemo(() => {
    const shown = { start, end }
    const place = (time: Seconds) => shareAt(shown, time) * drawing.width
    const cut = cutOf(motion)
    return {
      reference: motionPath(motion.reference, shown, { shift: 0, below: false }),
      result: motionPath(motion.result, shown, { shift: offset, below: true }),
      freezes: freezesOf(motion, offset).map((span) => ({ from: place(span.start), to: place(span.end) })),
      cut: cut === null ? null : place(cut),
    }
  }, [motion, offset, start, end])

  useEffect(
    () =>
      places.follow(({ time }) => {
        if (head.current) head.current.style.left = `${String(shareAt({ start, end }, time) * 100)}%`
      }),
    [places, start, end],
  )

  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    onSeek(timeAt(clock, (event.clientX - left) / width))
  }
  return (
    <div
      data-motion
      className="relative h-full touch-none"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        seek(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event)
      }}
      onLostPointerCapture={onSeekEnd}
    >
      <svg
        role="img"
        aria-label="Motion of the reference above, of the result below"
        viewBox={`0 0 ${String(drawing.width)} ${String(drawing.height)}`}
        preserveAspectRatio="none"
        className="block size-full"
      >
        {drawn.freezes.map(({ from, to }) => (
          <rect
            key={from}
            data-freeze
            x={from}
            y={drawing.height / 2}
            width={Math.max(1, to - from)}
            height={drawing.height / 2}
            className="fill-warn/35"
          />
        ))}
        <path d={drawn.reference} className="fill-faint" />
        <path d={drawn.result} className="fill-ink" />
        {drawn.cut !== null && (
          <line
            data-cut
            x1={drawn.cut}
            x2={drawn.cut}
            y1={0}
            y2={drawing.height / 2}
            vectorEffect="non-scaling-stroke"
            className="stroke-warn stroke-2"
          />
        )}
      </svg>
      <div
        ref={head}
        aria-hidden
        className="forced-mark pointer-events-none absolute inset-y-0 w-px -translate-x-1/2 bg-ink"
      />
    </div>
  )
}

type Line = { readonly message: string; readonly time: Seconds }

/** What the curve shows, in words; each one leads there. */
function Told({ motion, offset, onSeek, onSeekEnd }: CurveProps) {
  const lines: readonly Line[] = [
    ...freezesOf(motion, offset).map((span) => ({ message: inWords(span).message, time: span.start })),
    ...(motion.shorter ? [motion.shorter] : []),
  ]
  return (
    <>
      <p className="min-w-0 truncate text-faint">
        How much moves, moment by moment. It compares timing, not likeness.
      </p>
      <ul className="ml-auto flex max-h-6 flex-wrap items-center justify-end gap-x-1 overflow-y-auto">
        {lines.map(({ message, time }) => (
          <li key={message}>
            <button
              type="button"
              className="rounded-md px-1.5 py-0.5 text-left text-warn hover:bg-hover"
              onClick={() => {
                onSeek(time)
                onSeekEnd()
              }}
            >
              {message}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
