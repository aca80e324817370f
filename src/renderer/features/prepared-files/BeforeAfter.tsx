import type { ReactNode } from 'react'
import { Pause, Play } from 'lucide-react'
import type { PreparedView } from '../../../shared/domain/views.ts'
import { formatSeconds, formatBytes } from '../../../shared/units.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { clipFactsLine, preparedClipLine, characterFactsLine } from '../../lib/facts-line.ts'
import type { ClipInspection, CharacterInspection } from '../../state/intake.ts'
import { usePlayable } from '../../lib/playable.ts'
import { type Performed, useStep } from './use-step.ts'

const keepTogether = (fact: string) => fact.replaceAll(' ', '\u00a0')

/** One of two pictures side by side, with what is known about it. */
function Pane({
  title,
  facts,
  children,
}: {
  readonly title: string
  readonly facts: readonly string[]
  readonly children: ReactNode
}) {
  return (
    <figure className="min-w-0">
      <div className="relative overflow-hidden rounded-xl bg-stage">{children}</div>
      <figcaption className="mt-1.5 text-xs" data-selectable>
        <span className="font-medium text-ink">{title}</span>
        <span className="tabular block text-faint">{facts.map(keepTogether).join('\u00a0· ')}</span>
      </figcaption>
    </figure>
  )
}

/** Both sides are equally high, so that they can be compared. */
const paneSize = 'h-[min(26vh,20rem)] w-full object-contain'

type ClipComparisonProps = {
  readonly before: ClipInspection
  readonly after: NonNullable<PreparedView['clip']>
  readonly performed: Omit<Performed, 'prepared' | 'clock'>
}

/** The performed part of the user's clip beside the prepared one, in step. */
export function ClipComparison({ before, after, performed }: ClipComparisonProps) {
  const { playable, failed } = usePlayable(before)
  const { facts } = after
  const {
    playing,
    time,
    toggle,
    seek,
    after: leader,
    before: follower,
  } = useStep({
    ...performed,
    prepared: facts.duration,
    clock: playable.step === 'ready' ? playable.start : 0,
  })
  return (
    <section aria-label="The clip, before and after">
      <h3 className="mb-2 text-sm font-medium">Clip</h3>
      <div className="grid grid-cols-2 gap-4">
        <Pane title="Your clip" facts={clipFactsLine(before.facts)}>
          {playable.step === 'ready' ? (
            <video
              ref={follower}
              src={playable.media}
              crossOrigin="anonymous"
              muted
              playsInline
              preload="auto"
              aria-label={`Your clip, ${before.file.name}`}
              className={paneSize}
              onError={failed}
            />
          ) : (
            <img src={before.picture} alt={`The first frame of ${before.file.name}`} className={paneSize} />
          )}
        </Pane>
        <Pane title="What is sent" facts={preparedClipLine(facts)}>
          <video
            ref={leader}
            src={after.media}
            crossOrigin="anonymous"
            loop
            muted
            playsInline
            preload="auto"
            aria-label="The prepared clip"
            className={paneSize}
          />
        </Pane>
      </div>
      <div className="mt-2 flex items-center gap-3">
        <IconButton
          size="small"
          label={playing ? 'Pause both' : 'Play both'}
          icon={playing ? <Pause /> : <Play />}
          onClick={toggle}
        />
        <Slider
          className="flex-1"
          labels={['Position in the prepared clip']}
          values={[Math.min(time, facts.duration)]}
          min={0}
          max={facts.duration}
          step={1 / facts.frameRate}
          describe={formatSeconds}
          onChange={([to = 0]) => {
            seek(to)
          }}
        />
        <span className="tabular w-24 text-right text-xs text-faint">
          {formatSeconds(time)} of {formatSeconds(facts.duration)}
        </span>
      </div>
    </section>
  )
}

export function CharacterComparison({
  before,
  after: { picture, facts },
}: {
  readonly before: CharacterInspection
  readonly after: NonNullable<PreparedView['character']>
}) {
  return (
    <section aria-label="The character, before and after">
      <h3 className="mb-2 text-sm font-medium">Character</h3>
      <div className="grid grid-cols-2 gap-4">
        <Pane title="Your character" facts={characterFactsLine(before.facts)}>
          <img src={before.picture} alt={`Your character, ${before.file.name}`} className={paneSize} />
        </Pane>
        <Pane
          title="What is sent"
          facts={[
            `${String(facts.width)} × ${String(facts.height)}`,
            facts.format.toUpperCase(),
            formatBytes(facts.bytes),
          ]}
        >
          <img src={picture} alt="The prepared character" className={paneSize} />
        </Pane>
      </div>
    </section>
  )
}
