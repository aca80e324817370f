import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import type { CompareCommands } from './commands.ts'
import { LoopControls, SoundControls } from './Controls.tsx'
import type { PairStatus, PlayerPair, Readings } from './pair-types.ts'
import type { Span } from './engine/clock.ts'
import { ScrubBar } from './ScrubBar.tsx'
import type { HasSound } from './sound.ts'
import { SpeedControl } from './SpeedControl.tsx'

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
  /** Under the time line, on the same scale; null while it is folded. */
  readonly curve: ReactNode
  /** Where the comparison is, in time and frames. */
  readonly place: ReactNode
  /** More buttons, at the end. */
  readonly children?: ReactNode
}

type PanelButtonProps = {
  readonly icon: ReactNode
  readonly isOpen: boolean
  readonly onClick: () => void
  readonly children: string
}

/** Opens a panel of the transport; without its word where there is no room for it. */
export const PanelButton = ({ icon, isOpen, onClick, children }: PanelButtonProps) => (
  <Button
    size="small"
    look="quiet"
    icon={icon}
    title={children}
    aria-label={children}
    aria-pressed={isOpen}
    className={isOpen ? 'bg-accent-wash! text-accent!' : undefined}
    onClick={onClick}
  >
    <span className="@max-[62rem]:hidden">{children}</span>
  </Button>
)

/** One set of controls for both videos. */
export function Transport(props: TransportProps) {
  const { pair, status, readings, videos, span, volume, onVolume, commands, curve, place, children } = props
  return (
    <div
      role="group"
      aria-label="Transport"
      className="@container shrink-0 border-t border-line bg-panel px-3 pt-0.5 pb-1.5"
      onMouseDown={(event) => {
        // A click does not take the focus, so that the keys keep moving the videos and not the clicked control.
        event.preventDefault()
      }}
    >
      <ScrubBar pair={pair} readings={readings} span={span} loop={status.loop} />
      {curve}
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <div className="flex items-center gap-0.5">
          <PlayButtons playing={status.phase === 'playing'} disabled={pair === null} commands={commands} />
          {place}
        </div>
        <LoopControls pair={pair} loop={status.loop} commands={commands} />
        <SpeedControl
          speed={status.speed}
          disabled={pair === null}
          onSpeed={(speed) => pair?.setSpeed(speed)}
        />
        <SoundControls
          videos={videos}
          sound={status.sound}
          volume={volume}
          onSound={(sound) => pair?.setSound(sound)}
          onVolume={onVolume}
        />
        <div className="flex items-center">{children}</div>
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
        size="small"
        className="@max-[48rem]:hidden"
        icon={<ChevronFirst />}
        disabled={disabled}
        onClick={commands.start}
      />
      <IconButton
        label="One frame back"
        keys={keysOf('comparison', 'back')}
        side="top"
        size="small"
        icon={<StepBack />}
        disabled={disabled}
        onClick={commands.back}
      />
      <IconButton
        label={playing ? 'Pause' : 'Play'}
        keys={keysOf('comparison', 'toggle')}
        side="top"
        className="forced-edge bg-ink hover:bg-soft disabled:bg-hover [&_svg]:text-canvas forced-colors:[&_svg]:text-inherit"
        icon={playing ? <Pause fill="currentColor" /> : <Play fill="currentColor" />}
        disabled={disabled}
        onClick={commands.toggle}
      />
      <IconButton
        label="One frame forward"
        keys={keysOf('comparison', 'forward')}
        side="top"
        size="small"
        icon={<StepForward />}
        disabled={disabled}
        onClick={commands.forward}
      />
      <IconButton
        label="To the end"
        keys={keysOf('comparison', 'end')}
        side="top"
        size="small"
        className="@max-[48rem]:hidden"
        icon={<ChevronLast />}
        disabled={disabled}
        onClick={commands.end}
      />
    </>
  )
}
