import { shortFixes, type ShortFix } from '../../../shared/domain/take.ts'
import type { Finding } from '../../../shared/rules/finding.ts'
import { formatSeconds, type Seconds } from '../../../shared/units.ts'
import { shortWords } from '../../lib/setting-words.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'

const times = (stretch: number) => `${String(Number(stretch.toFixed(2)))} times`

const costs: Readonly<Record<ShortFix, (stretch: number, sound: boolean) => string>> = {
  'slow-down': (stretch) => `${times(stretch)} slower. Every motion takes longer.`,
  boomerang: (_, sound) =>
    `Motion also runs backward, which looks wrong for falls and jumps.${sound ? ' The sound is removed.' : ''}`,
  loop: () => 'The body jumps back to the first pose at each repeat.',
}

function LongerPart({ least }: { readonly least: Seconds }) {
  const duration = useApp((state) => state.clip?.facts.duration ?? 0)
  const start = useApp((state) => state.clipWindow.start)
  const changeWindow = useApp((state) => state.changeWindow)
  if (duration < least) return null
  return (
    <Button
      size="small"
      onClick={() => {
        changeWindow({ start: Math.max(0, Math.min(start, duration - least)), length: least })
      }}
    >
      Perform {formatSeconds(least)}
    </Button>
  )
}

/** A part that is too short: what can be made of it, and what each way costs. Choosing again takes it back. */
export function ShortChoice({ finding }: { readonly finding: Finding }) {
  const chosen = useApp((state) => state.takeSettings.fit.short)
  const sound = useApp(
    ({ clip, takeSettings }) => takeSettings.keepSound && (clip?.facts.audio ?? null) !== null,
  )
  const changeFit = useApp((state) => state.changeFit)
  const { rule, measured, limit, choices = [] } = finding
  if (rule !== 'clip.duration.min' || typeof measured !== 'number' || typeof limit !== 'number') return null
  const offered = shortFixes.filter((fix) => choices.includes(fix))
  return (
    <div className="mt-2 space-y-2">
      <LongerPart least={limit} />
      {offered.length > 0 && (
        <ul aria-label={`Ways to ${formatSeconds(limit)}`} className="space-y-1.5">
          {offered.map((fix) => (
            <li key={fix}>
              <Button
                size="small"
                aria-pressed={chosen === fix}
                aria-label={shortWords[fix]}
                className={chosen === fix ? 'border-accent! bg-accent-wash! text-accent!' : undefined}
                onClick={() => {
                  changeFit({ short: chosen === fix ? null : fix })
                }}
              >
                {shortWords[fix]}
              </Button>
              <p className="mt-0.5 text-xs text-soft">{costs[fix](limit / measured, sound)}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
