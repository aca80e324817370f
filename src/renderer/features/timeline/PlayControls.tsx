import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useClipPlayer } from '../../lib/clip-player.ts'
import { keysOf } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import type { ClipInspection } from '../../state/intake.ts'
import type { Edges } from '../../state/trim-window.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { placeWords, speedWords } from './use-performed.ts'

type PlayControlsProps = { readonly clip: ClipInspection; readonly edges: Edges }

/** Plays the clip that is on the stage, and says where it is. Below the picture, so that it never covers the feet. */
export function PlayControls({ clip, edges }: PlayControlsProps) {
  const player = useClipPlayer((state) => state.player)
  const muted = useApp((state) => state.clipMuted)
  const toggleSound = useApp((state) => state.toggleClipSound)
  const counter = useRef<HTMLSpanElement>(null)
  const [speed, setSpeed] = useState(0)
  useEffect(
    () =>
      player?.follow((reading) => {
        setSpeed(reading.speed)
        if (counter.current) counter.current.textContent = placeWords(edges, reading.frame)
      }),
    [player, edges],
  )
  return (
    <div className="flex shrink-0 items-center gap-0.5">
      <IconButton
        size="small"
        side="top"
        label={speed === 0 ? 'Play the clip' : 'Pause the clip'}
        keys={keysOf('timeline', 'toggle')}
        disabled={player === null}
        icon={speed === 0 ? <Play /> : <Pause />}
        onClick={() => player?.toggle()}
      />
      {clip.facts.audio && (
        <IconButton
          size="small"
          side="top"
          label={muted ? 'Turn the sound on' : 'Turn the sound off'}
          keys={keysOf('timeline', 'sound')}
          icon={muted ? <VolumeX /> : <Volume2 />}
          onClick={toggleSound}
        />
      )}
      {/* Written frame by frame, past React; as wide as its longest words. */}
      <span ref={counter} className="tabular ml-1 min-w-44 truncate text-xs text-soft" />
      {speed !== 0 && speed !== 1 && (
        <span className="tabular rounded-sm bg-hover px-1.5 text-xs text-ink">{speedWords(speed)}</span>
      )}
    </div>
  )
}
