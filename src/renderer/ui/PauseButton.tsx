import { Pause, Play } from 'lucide-react'
import { Button } from './Button.tsx'

export type PauseButtonProps = {
  readonly paused: boolean
  /** What it is called while nothing is paused. */
  readonly pause: string
  readonly disabled?: boolean
  readonly onChange: (paused: boolean) => void
}

/** Pauses a queue, or resumes it. */
export function PauseButton({ paused, pause, disabled = false, onChange }: PauseButtonProps) {
  return (
    <Button
      look={paused ? 'primary' : 'plain'}
      icon={paused ? <Play /> : <Pause />}
      disabled={disabled}
      onClick={() => {
        onChange(!paused)
      }}
    >
      {paused ? 'Resume' : pause}
    </Button>
  )
}
