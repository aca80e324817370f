import { ArrowDown, ArrowUp, ArrowUpToLine } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './IconButton.tsx'

type Move = () => void

export type MoveButtonsProps = {
  /** What is moved, to be read aloud. */
  readonly what: string
  /** Null at the end of the list. */
  readonly onEarlier: Move | null
  readonly onLater: Move | null
  readonly onFirst?: Move | null
}

/** Not disabled: a button that becomes so loses the focus, and these do by being pressed. */
function Step({ label, icon, move }: { label: string; icon: ReactNode; move: Move | null }) {
  return (
    <IconButton
      size="small"
      label={label}
      icon={icon}
      aria-disabled={move === null}
      onClick={() => {
        move?.()
      }}
    />
  )
}

/** Moves one entry of a list. */
export function MoveButtons({ what, onEarlier, onLater, onFirst }: MoveButtonsProps) {
  return (
    <>
      {onFirst !== undefined && <Step label={`First: ${what}`} icon={<ArrowUpToLine />} move={onFirst} />}
      <Step label={`Earlier: ${what}`} icon={<ArrowUp />} move={onEarlier} />
      <Step label={`Later: ${what}`} icon={<ArrowDown />} move={onLater} />
    </>
  )
}
