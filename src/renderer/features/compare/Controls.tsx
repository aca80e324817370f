import { Repeat, X, Volume2, VolumeX } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { keysOf } from '../../lib/shortcuts.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { CompareCommands } from './commands.ts'
import type { Loop } from './shared-clock.ts'
import type { PlayerPair } from './pair-types.ts'
import { formatTime, soundNames } from './words.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { soundChoices, type HasSound, type Sound } from './sound.ts'

type LoopControlsProps = {
  readonly pair: PlayerPair | null
  readonly loop: Loop
  readonly commands: CompareCommands
}

export function LoopControls({ pair, loop, commands }: LoopControlsProps) {
  const marked = loop.from !== null || loop.to !== null
  return (
    <div role="group" aria-label="Loop" className="flex items-center">
      <IconButton
        size="small"
        label="Loop"
        keys={keysOf('comparison', 'loop')}
        side="top"
        icon={<Repeat />}
        pressed={loop.on}
        disabled={pair === null}
        onClick={commands.loop}
      />
      <Button
        size="small"
        look="quiet"
        title={`Loop from here (${keysOf('comparison', 'loop-from').join('+')})`}
        disabled={pair === null}
        onClick={commands['loop-from']}
      >
        In <Mark time={loop.from} />
      </Button>
      <Button
        size="small"
        look="quiet"
        title={`Loop to here (${keysOf('comparison', 'loop-to').join('+')})`}
        disabled={pair === null}
        onClick={commands['loop-to']}
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

type SoundControlsProps = {
  readonly videos: HasSound
  readonly sound: Sound
  readonly volume: number
  readonly onSound: (sound: Sound) => void
  readonly onVolume: (volume: number) => void
}

export function SoundControls({ videos, sound, volume, onSound, onVolume }: SoundControlsProps) {
  const choices = soundChoices(videos)
  if (choices.length === 1) return <p className="text-xs text-faint">Neither video has sound.</p>
  const Icon = sound === 'none' ? VolumeX : Volume2
  return (
    <div className="flex items-center gap-2">
      <Icon aria-hidden className="size-4 text-faint @max-[48rem]:hidden" />
      <Segmented
        size="small"
        label="Sound"
        value={sound}
        options={choices.map((value) => ({ value, label: soundNames[value] }))}
        onChange={onSound}
      />
      <Slider
        className="w-16 @max-[48rem]:w-10"
        labels={['Volume']}
        values={[Math.round(volume * 100)]}
        min={0}
        max={100}
        step={5}
        describe={(value) => `${String(value)} percent`}
        disabled={sound === 'none'}
        onChange={([value = 0]) => {
          onVolume(value / 100)
        }}
      />
    </div>
  )
}
