import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import { keysOf } from '../../lib/shortcuts.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import type { CompareCommands } from './commands.ts'
import { LoopControls, SoundControls } from './Controls.tsx'
import { speeds, type PairStatus, type PlayerPair, type Readings } from './pair-types.ts'
import type { Span } from './engine/clock.ts'
import { ScrubBar } from './ScrubBar.tsx'
import type { HasSound } from './sound.ts'
import { formatTime } from './words.ts'

export type TransportProps = {
  readonly pair: PlayerPair | null
  readonly status: PairStatus
  readonly readings: Readings
  readonly videos: HasSound
  /** What the time line shows. */
  readonly span: Span
  readonly volume: number
  readonly onVolume: (volume: number) => void
  readonly commands: CompareCommands
}

/** Those in between are reached by keys. */
const offered = [0.25, 0.5, 1, 1.5, 2] as const
const speedOptions = offered.map((speed) => ({ value: String(speed), label: `${String(speed)}×` }))

/** One set of controls for both videos. */
export function Transport(props: TransportProps) {
  const { pair, status, readings, videos, span, volume, onVolume, commands } = props
  return (
    <div
      role="group"
      aria-label="Transport"
      className="border-t border-line bg-panel px-4 pt-2 pb-3"
      onMouseDown={(event) => {
        // A click does not take the focus, so that the keys keep moving the videos and not the clicked control.
        event.preventDefault()
      }}
    >
      <ScrubBar pair={pair} readings={readings} span={span} loop={status.loop} />
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <div className="flex items-center gap-1">
          <PlayButtons playing={status.phase === 'playing'} disabled={pair === null} commands={commands} />
          <Clock readings={readings} duration={span.end} />
        </div>
        <LoopControls pair={pair} loop={status.loop} commands={commands} />
        <Segmented
          label="Speed"
          value={String(status.speed)}
          options={speedOptions}
          onChange={(value) => {
            const speed = speeds.find((known) => String(known) === value)
            if (speed !== undefined) pair?.setSpeed(speed)
          }}
        />
        <SoundControls
          videos={videos}
          sound={status.sound}
          volume={volume}
          onSound={(sound) => pair?.setSound(sound)}
          onVolume={onVolume}
        />
      </div>
    </div>
  )
}

type PlayButtonsProps = {
  readonly playing: boolean
  readonly disabled: boolean
  readonly commands: CompareCommands
}

function PlayButtons({ playing, disabled, commands }: PlayButtonsProps) {
  return (
    <>
      <IconButton
        label="To the start"
        keys={keysOf('comparison', 'start')}
        side="top"
        icon={<ChevronFirst />}
        disabled={disabled}
        onClick={commands.start}
      />
      <IconButton
        label="One frame back"
        keys={keysOf('comparison', 'back')}
        side="top"
        icon={<StepBack />}
        disabled={disabled}
        onClick={commands.back}
      />
      <IconButton
        label={playing ? 'Pause' : 'Play'}
        keys={keysOf('comparison', 'toggle')}
        side="top"
        size="large"
        className="forced-edge bg-accent hover:bg-accent-strong disabled:bg-hover [&_svg]:text-on-accent forced-colors:[&_svg]:text-inherit"
        icon={playing ? <Pause fill="currentColor" /> : <Play fill="currentColor" />}
        disabled={disabled}
        onClick={commands.toggle}
      />
      <IconButton
        label="One frame forward"
        keys={keysOf('comparison', 'forward')}
        side="top"
        icon={<StepForward />}
        disabled={disabled}
        onClick={commands.forward}
      />
      <IconButton
        label="To the end"
        keys={keysOf('comparison', 'end')}
        side="top"
        icon={<ChevronLast />}
        disabled={disabled}
        onClick={commands.end}
      />
    </>
  )
}

function Clock({ readings, duration }: { readonly readings: Readings; readonly duration: Seconds }) {
  const now = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      readings.follow(({ time }) => {
        if (now.current) now.current.textContent = formatTime(time)
      }),
    [readings],
  )
  return (
    <p className="tabular ml-2 text-sm whitespace-nowrap text-faint">
      <span ref={now} className="text-ink" /> / {formatTime(duration)}
    </p>
  )
}
