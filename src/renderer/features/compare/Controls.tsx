import { Repeat, X } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import type { CompareCommand } from './keys.ts'
import type { Loop } from './loop.ts'
import type { PlayerPair } from './pair-types.ts'
import { formatTime } from './words.ts'

export type LoopControlsProps = {
  readonly pair: PlayerPair | null
  readonly loop: Loop
  readonly run: (command: CompareCommand) => void
}

export function LoopControls({ pair, loop, run }: LoopControlsProps) {
  const marked = loop.from !== null || loop.to !== null
  return (
    <div role="group" aria-label="Loop" className="flex items-center gap-1">
      <IconButton
        label="Loop"
        keys={['L']}
        side="top"
        icon={<Repeat />}
        pressed={loop.on}
        disabled={pair === null}
        onClick={() => {
          run('loop')
        }}
      />
      <Button
        size="small"
        look="quiet"
        title="Loop from here (I)"
        disabled={pair === null}
        onClick={() => {
          run('loop-from')
        }}
      >
        In <Mark time={loop.from} />
      </Button>
      <Button
        size="small"
        look="quiet"
        title="Loop to here (O)"
        disabled={pair === null}
        onClick={() => {
          run('loop-to')
        }}
      >
        Out <Mark time={loop.to} />
      </Button>
      {marked && (
        <IconButton
          size="small"
          label="Clear in and out"
          side="top"
          icon={<X />}
          onClick={() => pair?.setLoop({ on: loop.on, from: null, to: null })}
        />
      )}
    </div>
  )
}

const Mark = ({ time }: { readonly time: number | null }) =>
  time !== null && <span className="tabular text-ink">{formatTime(time)}</span>
