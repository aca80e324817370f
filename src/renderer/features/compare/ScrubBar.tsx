import { useEffect, useRef, type PointerEvent } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import type { Span } from './engine/clock.ts'
import type { Loop } from './shared-clock.ts'
import type { PlayerPair, Readings } from './pair-types.ts'
import { formatTime } from './words.ts'

export type ScrubBarProps = {
  readonly pair: PlayerPair | null
  readonly readings: Readings
  readonly span: Span
  readonly loop: Loop
}

const percent = (time: Seconds, { start, end }: Span) =>
  `${String(Math.min(Math.max((time - start) / (end - start), 0), 1) * 100)}%`

/** The position in both videos: shown, and set by pointing. The view's keys move it by frames. */
export function ScrubBar({ pair, readings, span, loop }: ScrubBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const played = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)

  useEffect(
    () =>
      readings.follow(({ wanted: time }) => {
        const place = percent(time, span)
        if (played.current) played.current.style.width = place
        if (head.current) head.current.style.left = place
        bar.current?.setAttribute('aria-valuenow', time.toFixed(2))
        bar.current?.setAttribute('aria-valuetext', formatTime(time))
      }),
    [readings, span],
  )

  const scrubTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    pair?.scrub(span.start + ((event.clientX - left) / width) * (span.end - span.start))
  }

  return (
    <div
      ref={bar}
      role="slider"
      tabIndex={0}
      data-scrub
      aria-label="Position"
      aria-valuemin={span.start}
      aria-valuemax={span.end}
      aria-valuenow={0}
      aria-disabled={pair === null}
      className="group relative flex h-6 touch-none items-center rounded-md"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        scrubTo(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) scrubTo(event)
      }}
      onLostPointerCapture={() => {
        pair?.endScrub()
      }}
    >
      <div className="forced-edge relative h-1.5 w-full overflow-hidden rounded-full bg-line transition-[height] group-hover:h-2">
        <div ref={played} className="forced-fill absolute inset-y-0 left-0 bg-soft" />
      </div>
      {loop.on && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-1 rounded-sm border-x-2 border-warn bg-warn/20"
          style={{
            left: percent(loop.from ?? span.start, span),
            right: `calc(100% - ${percent(loop.to ?? span.end, span)})`,
          }}
        />
      )}
      <div
        ref={head}
        aria-hidden
        className="forced-mark pointer-events-none absolute size-3.5 -translate-x-1/2 rounded-full border-2 border-ink bg-raised shadow-sm"
      />
    </div>
  )
}
