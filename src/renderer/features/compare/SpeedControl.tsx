import { Minus, Plus } from 'lucide-react'
import { IconButton } from '../../ui/IconButton.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { speeds, type Speed } from './pair-types.ts'
import { nextSpeed } from './shuttle.ts'

const normal: Speed = 1

type SpeedControlProps = {
  readonly speed: Speed
  readonly disabled?: boolean
  readonly onSpeed: (speed: Speed) => void
}

/** How fast both videos play: one speed down or up, and back to normal with a click on the number. */
export function SpeedControl({ speed, disabled = false, onSpeed }: SpeedControlProps) {
  return (
    <div role="group" aria-label="Speed" className="flex items-center">
      <IconButton
        size="small"
        side="top"
        label="Slower"
        icon={<Minus />}
        aria-disabled={disabled || speed === speeds[0]}
        onClick={() => {
          if (!disabled) onSpeed(nextSpeed(speed, -1))
        }}
      />
      <Tooltip text={speed === normal ? 'Normal speed' : 'Back to normal speed'} side="top">
        <button
          type="button"
          disabled={disabled}
          onClick={() => {
            onSpeed(normal)
          }}
          className="tabular h-7 w-12 rounded-md text-center text-xs text-ink hover:bg-hover disabled:text-faint"
        >
          {`${String(speed)}×`}
        </button>
      </Tooltip>
      <IconButton
        size="small"
        side="top"
        label="Faster"
        icon={<Plus />}
        aria-disabled={disabled || speed === speeds.at(-1)}
        onClick={() => {
          if (!disabled) onSpeed(nextSpeed(speed, 1))
        }}
      />
    </div>
  )
}
