import { Volume2, VolumeX } from 'lucide-react'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { soundChoices, type HasSound, type Sound } from './sound.ts'
import { soundNames } from './words.ts'

export type SoundControlsProps = {
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
    <div className="flex items-center gap-2.5">
      <Icon aria-hidden className="size-4 text-faint" />
      <Segmented
        label="Sound"
        value={sound}
        options={choices.map((value) => ({ value, label: soundNames[value] }))}
        onChange={onSound}
      />
      <Slider
        className="w-20"
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
