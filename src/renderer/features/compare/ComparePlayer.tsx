import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Comparison } from '../../../shared/domain/views.ts'
import { useApp } from '../../state/store.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { classNames } from '../../ui/class-names.ts'
import { ShortcutSheet } from '../../ui/ShortcutSheet.tsx'
import { compareCommands } from './commands.ts'
import { CompareHeader } from './CompareHeader.tsx'
import { useVolume } from './Controls.tsx'
import { renderStill } from './engine/still.ts'
import { inOneRegion } from './engine/view.ts'
import { ModeBar } from './ModeBar.tsx'
import { createReadings } from './pair-types.ts'
import { PictureStage } from './PictureStage.tsx'
import { StillButtons } from './StillButtons.tsx'
import { createTimeline } from './shared-clock.ts'
import type { SyncSummary } from './sync-meter.ts'
import { Transport } from './Transport.tsx'
import { useCanvas } from './use-canvas.ts'
import { useComparison } from './use-comparison.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useStage } from './use-stage.ts'
import { useView } from './use-view.ts'
import { sideName, type ShownTake } from './words.ts'

type ComparePlayerProps = {
  readonly comparison: Comparison
  readonly onClose: () => void
  readonly onSave: ((takeId: string) => void) | undefined
  readonly onReveal: ((takeId: string) => void) | undefined
}

/** A reference and its takes on one clock: the pictures, how they are looked at, and what moves them. */
export function ComparePlayer({ comparison, onClose, onSave, onReveal }: ComparePlayerProps) {
  const section = useRef<HTMLElement>(null)
  const room = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLDivElement>(null)
  const reference = useRef<HTMLVideoElement>(null)
  const result = useRef<HTMLVideoElement>(null)
  const refs = useMemo(() => ({ reference, result }), [])
  const [readings] = useState(createReadings)
  const [showsKeys, setShowsKeys] = useState(false)
  const [volume, setVolume] = useVolume()
  const fullScreen = useFullScreen()
  const stage = useStage(room)

  const sizes = useMemo(() => sizesOf(comparison), [comparison])
  const toggle = useRef<(() => void) | null>(null)
  const look = useView({
    comparison: comparison.takes.map(({ take }) => take.id).join(' '),
    area,
    stage,
    sides: sizes,
    onClick: () => {
      toggle.current?.()
    },
  })
  const { view } = look
  const { canvas, onPaint, pictures } = useCanvas({ stage, view, sides: sizes })

  /** For measurements from outside; nothing in the app reads it. */
  const tellSync = useCallback(({ samples, p95, max, hardSeeks }: SyncSummary) => {
    if (section.current) section.current.dataset['sync'] = JSON.stringify({ samples, p95, max, hardSeeks })
  }, [])
  const playing = useComparison({
    comparison,
    chosen: view.chosen,
    onePair: inOneRegion(view),
    refs,
    readings,
    volume,
    onPaint,
    onSync: tellSync,
  })
  const { pair, status } = playing
  const shown = shownTake(comparison, view.chosen)
  const timeline = useMemo(
    () =>
      createTimeline(
        [comparison.reference, ...comparison.takes.map((take) => take.result)].map((video) => ({
          ...video,
          lead: 0,
        })),
      ),
    [comparison],
  )

  const commands = compareCommands({
    view: look.commands,
    fullScreen,
    pair,
    timeline,
    videos: shown,
    onClose,
  })
  useEffect(() => {
    toggle.current = commands.toggle
  })
  useShortcuts('comparison', commands, look.onRelease)

  // What was clicked to come here keeps the focus otherwise, and the space bar would click it again.
  useEffect(() => {
    section.current?.focus()
  }, [])

  const sides = sizes.map((size, index) => ({
    ...size,
    name: sideName(index, sizes.length),
    video: index === 0 ? comparison.reference : (comparison.takes[index - 1]?.result ?? comparison.reference),
    heard:
      status.sound === (index === 0 ? 'reference' : 'result') && (index === 0 || index === view.chosen + 1),
  }))
  const saveStill = useApp((state) => state.saveStill)
  const still = () => {
    const inVideos = sides.flatMap((side, index) => {
      const image = [reference.current, index === view.chosen + 1 ? result.current : null][Math.min(index, 1)]
      return image ? [{ ...side, image, frame: readings.latest().frames[Math.min(index, 1)] ?? 0 }] : []
    })
    return renderStill(stage, playing.videos === null ? pictures() : inVideos, view, performance.now())
  }
  const ofTake = (act: ((id: string) => void) | undefined) =>
    act &&
    (() => {
      act(shown.take.id)
    })

  return (
    <section
      ref={section}
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
        shown={shown}
        engine={playing.engine}
        onSave={ofTake(onSave)}
        onReveal={ofTake(onReveal)}
        onKeys={() => {
          setShowsKeys(true)
        }}
        onClose={onClose}
      />
      <ModeBar
        view={view}
        zoom={look.zoom}
        takes={comparison.takes.length}
        commands={look.commands}
        onChange={look.change}
        fullScreen={fullScreen}
      >
        <StillButtons render={still} onSave={() => void saveStill(shown.take.id, still())} />
      </ModeBar>
      <PictureStage
        room={room}
        area={area}
        canvas={canvas}
        refs={refs}
        stage={stage}
        look={look}
        sides={sides}
        playing={playing}
        readings={readings}
      />
      <Transport
        pair={pair}
        status={status}
        readings={readings}
        videos={shown}
        span={timeline}
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

/** 'reference', 'result', 'result-2' … with the size of each picture. */
const sizesOf = ({ reference: { width, height }, takes }: Comparison) => [
  { side: 'reference', width, height },
  ...takes.map(({ result }, nth) => ({
    side: nth === 0 ? 'result' : `result-${String(nth + 1)}`,
    width: result.width,
    height: result.height,
  })),
]

function shownTake({ reference, takes }: Comparison, chosen: number): ShownTake {
  const one = takes[chosen] ?? takes[0]
  if (!one) throw new Error('A comparison has at least one take')
  return { ...one, reference }
}
