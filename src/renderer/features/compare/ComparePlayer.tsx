import { AudioWaveform, ListTree, MoveHorizontal } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import type { Comparison } from '../../../shared/domain/views.ts'
import type { Seconds } from '../../../shared/units.ts'
import { keysOf } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ShortcutSheet } from '../../ui/ShortcutSheet.tsx'
import { compareCommands, ofTake } from './commands.ts'
import { CompareHeader } from './CompareHeader.tsx'
import { useVolume } from '../../state/use-volume.ts'
import { renderStill } from './engine/still.ts'
import { inOneRegion } from './engine/view.ts'
import { ModeBar } from './ModeBar.tsx'
import { MotionCurve, useMotionFold } from './MotionCurve.tsx'
import { OffsetPanel } from './OffsetPanel.tsx'
import { createReadings } from './pair-types.ts'
import { PictureStage } from './PictureStage.tsx'
import { PosterButton } from './PosterButton.tsx'
import { SettingsDiff } from './SettingsDiff.tsx'
import { StillButtons } from './StillButtons.tsx'
import type { SyncSummary } from './sync-meter.ts'
import { TakesBar } from './TakesBar.tsx'
import { TimeField, type TimeFieldHandle } from './TimeField.tsx'
import { PanelButton, Transport } from './Transport.tsx'
import { useCanvas } from './use-canvas.ts'
import { useComparison, type LeftOutTake } from './use-comparison.ts'
import { beginningOf, useKeptComparison } from './use-kept-comparison.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useStage } from './use-stage.ts'
import { useTakes } from './use-takes.ts'
import { useView } from './use-view.ts'
import { namedSides, shownTake, sideIds, sizesOf } from './compared-sides.ts'

type ComparePlayerProps = {
  readonly comparison: Comparison
  /** Other finished takes of the same clip. */
  readonly candidates: readonly Take[]
  readonly onAdd: (takeId: string) => void
  readonly onRemove: (takeId: string) => void
  readonly onLeftOut: (takes: readonly LeftOutTake[]) => void
  readonly onClose: () => void
  readonly onSave: ((takeId: string) => void) | undefined
  readonly onReveal: ((takeId: string) => void) | undefined
}

/** A reference and its takes on one clock: the pictures, how they are looked at, and what moves them. */
export function ComparePlayer(props: ComparePlayerProps) {
  const { comparison, candidates, onAdd, onRemove, onLeftOut, onClose, onSave, onReveal } = props
  const section = useRef<HTMLElement>(null)
  const room = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLDivElement>(null)
  const reference = useRef<HTMLVideoElement>(null)
  const result = useRef<HTMLVideoElement>(null)
  const refs = useMemo(() => ({ reference, result }), [])
  const [readings] = useState(createReadings)
  const [showsKeys, setShowsKeys] = useState(false)
  const [panels, setPanels] = useState({ offset: false, settings: false })
  const togglePanel = (name: keyof typeof panels) => () => {
    setPanels({ ...panels, [name]: !panels[name] })
  }
  const [showsMotion, toggleMotion] = useMotionFold()
  const [volume, setVolume] = useVolume()
  const fullScreen = useFullScreen()
  const stage = useStage(room)

  const sizes = useMemo(() => sizesOf(comparison), [comparison])
  const toggle = useRef<(() => void) | null>(null)
  const ids = useMemo(() => sideIds(comparison), [comparison])
  const [kept] = useState(() => beginningOf(comparison))
  const look = useView({
    ids,
    kept,
    area,
    stage,
    sides: sizes,
    onClick: () => {
      toggle.current?.()
    },
  })
  const { view } = look
  const { canvas, onPaint, pictures } = useCanvas({ stage, view, sides: sizes, ids })

  /** For measurements from outside; nothing in the app reads it. */
  const tellSync = useCallback(({ samples, p95, max, hardSeeks }: SyncSummary) => {
    if (section.current) section.current.dataset['sync'] = JSON.stringify({ samples, p95, max, hardSeeks })
  }, [])
  const shown = shownTake(comparison, view.chosen)
  const several = useTakes({
    comparison,
    kept: kept?.offsets ?? null,
    chosen: view.chosen,
    onChoose: (chosen) => {
      look.change({ chosen })
    },
  })
  const { timeline, leads, offset } = several
  const playing = useComparison({
    comparison,
    chosen: view.chosen,
    onePair: inOneRegion(view),
    sharpOnly: view.mode === 'difference',
    kept,
    leads,
    refs,
    readings,
    volume,
    ...{ onPaint, onLeftOut },
    onSync: tellSync,
  })
  const { pair, status } = playing
  useKeptComparison({ comparison, view, offsets: several.offsets, status, readings })
  const resultIndex = playing.videos === null ? view.chosen + 1 : 1
  const [place, setPlace] = useState<TimeFieldHandle | null>(null)
  const commands = compareCommands({
    view: look.commands,
    fullScreen,
    pair,
    timeline,
    videos: shown,
    place: {
      goTo: () => place?.goTo(),
      copyPlace: () => place?.copyPlace(),
    },
    takes: several.commands,
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

  const seek = (time: Seconds) => pair?.seek(time)
  const sides = namedSides(comparison, status.sound, view.chosen)
  const saveStill = useApp((state) => state.saveStill)
  const still = async () => {
    await playing.sharp()
    const [referenceFrame = 0, resultFrame = 0] = readings.latest().frames
    const inVideos = [
      { id: ids[0], side: sides[0], image: reference.current, frame: referenceFrame },
      { id: ids[view.chosen + 1], side: sides[view.chosen + 1], image: result.current, frame: resultFrame },
    ].flatMap(({ id = '', side, image, frame }) => (side && image ? [{ ...side, id, image, frame }] : []))
    const originals = [comparison.reference, ...comparison.takes.map(({ result }) => result)]
    const isCopy = (id: string) => playing.copies.includes(id)
    const original = (id: string) => (isCopy(id) ? (originals[ids.indexOf(id)] ?? null) : null)
    const onScreen = playing.videos === null ? pictures() : inVideos
    return renderStill(
      stage,
      onScreen.map((picture) => ({ picture, original: original(picture.id) })),
      view,
      performance.now(),
    )
  }

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label="Comparison"
      data-phase={status.phase}
      data-settled={status.settled}
      className={classNames(
        'flex min-h-0 flex-col overflow-x-hidden overflow-y-auto focus:outline-none',
        fullScreen.isOn ? 'fixed inset-0 z-30 bg-canvas' : 'h-full',
      )}
    >
      <CompareHeader
        shown={shown}
        engine={playing.engine}
        onSave={ofTake(shown.take.id, onSave)}
        onReveal={ofTake(shown.take.id, onReveal)}
        onKeys={() => {
          setShowsKeys(true)
        }}
        onClose={onClose}
      >
        {(comparison.takes.length > 1 || candidates.length > 0) && (
          <TakesBar
            takes={comparison.takes.map(({ take }) => take)}
            chosen={shown.take.id}
            heard={status.sound === 'result' ? shown.take.id : null}
            candidates={candidates}
            flipKeys={keysOf('comparison', 'flip')}
            onChoose={several.chooseTake}
            onFlip={several.commands.flip}
            onAdd={onAdd}
            onRemove={onRemove}
          />
        )}
      </CompareHeader>
      {comparison.takes.length > 1 && panels.settings && (
        <SettingsDiff takes={comparison.takes.map(({ take }) => take)} />
      )}
      <ModeBar
        view={view}
        zoom={look.zoom}
        takes={comparison.takes.length}
        commands={look.commands}
        onChange={look.change}
        fullScreen={fullScreen}
      >
        {comparison.takes.length > 1 && (
          <IconButton
            size="small"
            label="Settings that differ"
            icon={<ListTree />}
            pressed={panels.settings}
            onClick={togglePanel('settings')}
          />
        )}
        <StillButtons render={still} onSave={() => void saveStill(shown.take.id, still())} />
        <PosterButton take={shown.take.id} result={shown.result} readings={readings} index={resultIndex} />
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
      {panels.offset && (
        <OffsetPanel
          takeId={shown.take.id}
          offset={offset}
          videos={shown}
          places={readings}
          index={resultIndex}
          onOffset={several.setOffset}
          onSeek={seek}
        />
      )}
      <Transport
        pair={pair}
        status={status}
        readings={readings}
        videos={shown}
        span={timeline}
        volume={volume}
        onVolume={setVolume}
        commands={commands}
        curve={
          showsMotion && (
            <MotionCurve
              takeId={shown.take.id}
              offset={offset}
              clock={timeline}
              places={readings}
              onSeek={(time) => pair?.scrub(time)}
              onSeekEnd={() => pair?.endScrub()}
            />
          )
        }
        place={
          <TimeField
            ref={setPlace}
            places={readings}
            videos={shown}
            clock={timeline}
            index={resultIndex}
            offset={offset}
            onSeek={seek}
          />
        }
      >
        <PanelButton icon={<AudioWaveform aria-hidden />} isOpen={showsMotion} onClick={toggleMotion}>
          Motion
        </PanelButton>
        <PanelButton
          icon={<MoveHorizontal aria-hidden />}
          isOpen={panels.offset}
          onClick={togglePanel('offset')}
        >
          Offset
        </PanelButton>
      </Transport>
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
