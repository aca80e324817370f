import { Download, FolderOpen, Keyboard, X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { takeFacts, videoFacts, type ShownTake } from './words.ts'
import { compareCommands } from './commands.ts'
import { createReadings } from './pair-types.ts'
import { Stage } from './Stage.tsx'
import type { SyncSummary } from './sync-meter.ts'
import { pairTimeline } from './shared-clock.ts'
import { Transport } from './Transport.tsx'
import { usePlayerPair } from './use-player-pair.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useStage } from './use-stage.ts'
import { useView } from './use-view.ts'
import { classNames } from '../../ui/class-names.ts'
import { useVolume } from './Controls.tsx'
import type { Problem } from '../../../shared/outcome.ts'
import { keysOf } from '../../lib/shortcuts.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { ShortcutSheet } from '../../ui/ShortcutSheet.tsx'
import { useCall } from '../../lib/use-call.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'

/** A line breaks between facts, never within one. */
const keepTogether = (fact: string) => fact.replaceAll(' ', '\u00a0')

type CompareHeaderProps = {
  readonly comparison: ShownTake
  readonly onSave: (() => void) | undefined
  readonly onReveal: (() => void) | undefined
  readonly onKeys: () => void
  readonly onClose: () => void
}

function CompareHeader({ comparison, onSave, onReveal, onKeys, onClose }: CompareHeaderProps) {
  const { take, reference, result } = comparison
  const facts = [
    ...takeFacts(comparison),
    `reference ${videoFacts(reference)}`,
    `result ${videoFacts(result)}`,
  ]
  return (
    <header className="flex items-center gap-2 border-b border-line bg-panel px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-sm font-semibold">
          {take.characterName} performs {take.clipName}
        </h2>
        <p className="tabular text-xs text-faint">{facts.map(keepTogether).join('\u00a0· ')}</p>
      </div>
      {onSave && (
        <Button look="primary" icon={<Download />} onClick={onSave}>
          Save result
        </Button>
      )}
      {onReveal && (
        <Button icon={<FolderOpen />} onClick={onReveal}>
          Show in folder
        </Button>
      )}
      <IconButton label="Comparison shortcuts" icon={<Keyboard />} onClick={onKeys} />
      <IconButton
        label="Close the comparison"
        keys={keysOf('comparison', 'close')}
        icon={<X />}
        onClick={onClose}
      />
    </header>
  )
}

type ComparePlayerProps = CompareViewProps & { readonly comparison: ShownTake }

function ComparePlayer({ takeId, comparison, onClose, onSave, onReveal }: ComparePlayerProps) {
  const view = useRef<HTMLElement>(null)
  const reference = useRef<HTMLVideoElement>(null)
  const result = useRef<HTMLVideoElement>(null)
  const [readings] = useState(createReadings)
  const [showsKeys, setShowsKeys] = useState(false)
  const [volume, setVolume] = useVolume()
  const timeline = useMemo(() => pairTimeline(comparison, 0), [comparison])
  const refs = useMemo(() => ({ reference, result }), [])

  /** For measurements from outside; nothing in the app reads it. */
  const tellSync = useCallback(({ samples, p95, max, hardSeeks }: SyncSummary) => {
    if (view.current) view.current.dataset['sync'] = JSON.stringify({ samples, p95, max, hardSeeks })
  }, [])
  const { pair, status } = usePlayerPair({ comparison, refs, readings, volume, onSync: tellSync })

  const fullScreen = useFullScreen()
  const pictures = useRef<HTMLDivElement>(null)
  const stage = useStage(pictures)
  const sides = useMemo(
    () => [
      { ...comparison.reference, side: 'reference' },
      { ...comparison.result, side: 'result' },
    ],
    [comparison],
  )
  const look = useView({
    comparison: takeId,
    area: pictures,
    stage,
    sides,
    onClick: () => pair?.toggle(),
  })
  const commands = compareCommands({
    view: look.commands,
    fullScreen,
    pair,
    timeline,
    videos: comparison,
    onClose,
  })
  useShortcuts('comparison', commands, look.onRelease)

  // What was clicked to come here keeps the focus otherwise, and the space bar would click it again.
  useEffect(() => {
    view.current?.focus()
  }, [])

  return (
    <section
      ref={view}
      tabIndex={-1}
      aria-label="Comparison"
      data-phase={status.phase}
      data-settled={status.settled}
      className={classNames(
        'flex min-h-0 flex-col focus:outline-none',
        fullScreen.isOn ? 'fixed inset-0 z-30 bg-canvas' : 'h-full',
      )}
    >
      <CompareHeader
        comparison={comparison}
        onSave={
          onSave &&
          (() => {
            onSave(takeId)
          })
        }
        onReveal={
          onReveal &&
          (() => {
            onReveal(takeId)
          })
        }
        onKeys={() => {
          setShowsKeys(true)
        }}
        onClose={onClose}
      />
      <Stage
        comparison={comparison}
        refs={refs}
        readings={readings}
        status={status}
        onToggle={commands.toggle}
      />
      <Transport
        pair={pair}
        status={status}
        readings={readings}
        videos={comparison}
        duration={timeline.end}
        volume={volume}
        onVolume={setVolume}
        commands={commands}
      />
      {showsKeys && (
        <ShortcutSheet
          title="Comparison shortcuts"
          scopes={['comparison']}
          onClose={() => {
            setShowsKeys(false)
          }}
        />
      )}
    </section>
  )
}

type CompareViewProps = {
  readonly takeId: string
  readonly onClose: () => void
  /** Starts the app's own save flow; without it the button is not shown. */
  readonly onSave?: (takeId: string) => void
  readonly onReveal?: (takeId: string) => void
  /** Told what keeps the two videos from being shown; null once they are. */
  readonly onProblem?: (takeId: string, problem: Problem | null) => void
}

/** Reference and result of one take, side by side on one transport. */
export function CompareView(props: CompareViewProps) {
  const { takeId, onProblem } = props
  const { pending, answer, problem, run } = useCall('take:compare', { takes: [takeId] })
  useEffect(() => {
    if (!pending) onProblem?.(takeId, problem)
  }, [pending, problem, takeId, onProblem])
  const shown = useMemo(() => {
    const [one] = answer?.takes ?? []
    return answer && one ? { ...one, reference: answer.reference } : null
  }, [answer])
  if (shown) return <ComparePlayer key={takeId} {...props} comparison={shown} />
  return (
    <section aria-label="Comparison" className="flex h-full items-center justify-center p-8">
      {problem ? (
        <Callout
          tone="bad"
          title={problem.message}
          className="max-w-lg"
          action={
            <div className="flex gap-2">
              <Button size="small" onClick={() => void run({ takes: [takeId] })}>
                Try again
              </Button>
              <Button size="small" look="quiet" onClick={props.onClose}>
                Close
              </Button>
            </div>
          }
        >
          {problem.advice}
        </Callout>
      ) : (
        <p role="status" className="flex items-center gap-2.5 text-sm text-soft">
          <Spinner /> Opening reference and result
        </p>
      )}
    </section>
  )
}
