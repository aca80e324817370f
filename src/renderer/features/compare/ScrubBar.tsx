import { useEffect, useRef, type PointerEvent } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import type { Loop } from './shared-clock.ts'
import type { PlayerPair, Readings } from './pair-types.ts'
import { formatTime } from './words.ts'

export type ScrubBarProps = {
  readonly pair: PlayerPair | null
  readonly readings: Readings
  readonly duration: Seconds
  readonly loop: Loop
}

const percent = (time: Seconds, duration: Seconds) =>
  `${String(Math.min(Math.max(time / duration, 0), 1) * 100)}%`

/** The position in both videos: shown, and set by pointing. The view's keys move it by frames. */
export function ScrubBar({ pair, readings, duration, loop }: ScrubBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const played = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)

  useEffect(
    () =>
      readings.follow(({ time }) => {
        const place = percent(time, duration)
        if (played.current) played.current.style.width = place
        if (head.current) head.current.style.left = place
        bar.current?.setAttribute('aria-valuenow', time.toFixed(2))
        bar.current?.setAttribute('aria-valuetext', formatTime(time))
      }),
    [readings, duration],
  )

  const scrubTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    pair?.scrub(((event.clientX - left) / width) * duration)
  }

  return (
    <div
      ref={bar}
      role="slider"
      tabIndex={0}
      data-scrub
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={duration}
      aria-valuenow={0}
      aria-disabled={pair === null}
      className="group relative flex h-7 touch-none items-center rounded-md"
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
        <div ref={played} className="forced-fill absolute inset-y-0 left-0 bg-accent" />
      </div>
      {loop.on && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-1 rounded-sm border-x-2 border-warn bg-warn/20"
          style={{
            left: percent(loop.from ?? 0, duration),
            right: `calc(100% - ${percent(loop.to ?? duration, duration)})`,
          }}
        />
      )}
      <div
        ref={head}
        aria-hidden
        className="forced-mark pointer-events-none absolute size-4 -translate-x-1/2 rounded-full border-2 border-accent bg-raised shadow-sm"
      />
    </div>
  )
}
