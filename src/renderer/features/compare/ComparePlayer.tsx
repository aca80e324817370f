import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Comparison } from '../../../shared/domain/views.ts'
import { CompareHeader } from './CompareHeader.tsx'
import type { CompareViewProps } from './CompareView.tsx'
import { KeyList } from './KeyList.tsx'
import type { CompareCommand } from './keys.ts'
import { createReadings } from './readings.ts'
import { runCommand } from './run-command.ts'
import { Stage } from './Stage.tsx'
import type { SyncSummary } from './sync-meter.ts'
import { createTimeline } from './shared-clock.ts'
import { Transport } from './Transport.tsx'
import { useKeys } from './use-keys.ts'
import { usePlayerPair } from './use-player-pair.ts'
import { useVolume } from './use-volume.ts'

export type ComparePlayerProps = CompareViewProps & { readonly comparison: Comparison }

export function ComparePlayer({ takeId, comparison, onClose, onSave, onReveal }: ComparePlayerProps) {
  const view = useRef<HTMLElement>(null)
  const reference = useRef<HTMLVideoElement>(null)
  const result = useRef<HTMLVideoElement>(null)
  const [readings] = useState(createReadings)
  const [showsKeys, setShowsKeys] = useState(false)
  const [volume, setVolume] = useVolume()
  const timeline = useMemo(() => createTimeline(comparison, 0), [comparison])
  const refs = useMemo(() => ({ reference, result }), [])

  /** For measurements from outside; nothing in the app reads it. */
  const tellSync = useCallback(({ samples, p95, max, hardSeeks }: SyncSummary) => {
    if (view.current) view.current.dataset['sync'] = JSON.stringify({ samples, p95, max, hardSeeks })
  }, [])
  const { pair, status } = usePlayerPair({ comparison, refs, readings, volume, onSync: tellSync })

  const run = (command: CompareCommand) => {
    if (command === 'close') onClose()
    else if (pair) runCommand(pair, command, { timeline, videos: comparison })
  }
  useKeys(view, run)

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
      className="flex h-full min-h-0 flex-col focus:outline-none"
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
        onToggle={() => {
          run('toggle')
        }}
      />
      <Transport
        pair={pair}
        status={status}
        readings={readings}
        videos={comparison}
        duration={timeline.end}
        volume={volume}
        onVolume={setVolume}
        run={run}
      />
      {showsKeys && (
        <KeyList
          onClose={() => {
            setShowsKeys(false)
          }}
        />
      )}
    </section>
  )
}
