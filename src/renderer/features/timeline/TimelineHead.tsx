import { Maximize2, Redo2, Undo2, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton, type IconButtonProps } from '../../ui/IconButton.tsx'
import { canRedo, canUndo } from '../../state/timeline.ts'
import { type Performed, limitWords } from './use-performed.ts'
import type { TimelineView } from './view.ts'
import { useCallProgress } from '../../lib/use-call.ts'
import { Progress } from '../../ui/Progress.tsx'
import { text } from './text.ts'

const HeadButton = (props: IconButtonProps) => <IconButton size="small" side="top" {...props} />

function Steps() {
  const undo = useApp((state) => state.undo)
  const redo = useApp((state) => state.redo)
  const back = useApp(canUndo)
  const forward = useApp(canRedo)
  return (
    <span className="flex">
      <HeadButton
        label="Undo"
        keys={keysOf('history', 'undo')}
        icon={<Undo2 />}
        disabled={!back}
        onClick={undo}
      />
      <HeadButton
        label="Redo"
        keys={keysOf('history', 'redo')}
        icon={<Redo2 />}
        disabled={!forward}
        onClick={redo}
      />
    </span>
  )
}

/** How much larger or smaller one press makes it. */
export const zoomStep = 2

function ZoomButtons({ zoomBy, fit, whole }: TimelineView) {
  return (
    <span className="flex">
      <HeadButton
        label="Zoom out"
        keys={keysOf('timeline', 'zoom-out')}
        icon={<ZoomOut />}
        disabled={whole}
        onClick={() => {
          zoomBy(zoomStep)
        }}
      />
      <HeadButton
        label="Zoom in"
        keys={keysOf('timeline', 'zoom-in')}
        icon={<ZoomIn />}
        onClick={() => {
          zoomBy(1 / zoomStep)
        }}
      />
      <HeadButton
        label="Show the whole clip"
        keys={keysOf('timeline', 'zoom-fit')}
        icon={<Maximize2 />}
        disabled={whole}
        onClick={fit}
      />
    </span>
  )
}

type TimelineHeadProps = {
  readonly performed: Performed
  readonly zoomable: TimelineView
  /** A limit holds a handle back just now. */
  readonly held: boolean
  /** What became of an end that was set; null when there is nothing to say. */
  readonly remark: string | null
  /** What plays the clip, and the part in numbers. */
  readonly children: ReactNode
}

/** Always one line, so that nothing below moves while a handle is being dragged. */
function Remark({
  limits,
  held,
  remark,
}: Pick<TimelineHeadProps, 'held' | 'remark'> & Pick<Performed, 'limits'>) {
  const words = remark ?? (held ? text.holdShift : limitWords(limits))
  return (
    <p
      role="status"
      title={words}
      className={classNames(
        'min-w-0 flex-1 truncate text-xs transition-colors',
        held || remark !== null ? 'font-medium text-warn' : 'text-faint',
      )}
    >
      {words}
      {remark !== null && <span className="text-soft"> Undo: {keysOf('history', 'undo').join('+')}.</span>}
    </p>
  )
}

export function TimelineHead({ performed, zoomable, held, remark, children }: TimelineHeadProps) {
  return (
    <div className="flex h-8 items-center gap-x-3">
      {children}
      <h2 className="sr-only">Trim</h2>
      <Remark limits={performed.limits} held={held} remark={remark} />
      <div className="flex shrink-0 items-center">
        <Steps />
        <ZoomButtons {...zoomable} />
      </div>
    </div>
  )
}

/** Shown below the clip while it is scanned. Nothing waits for the scan: it finds only hints. */
export function ScanNote() {
  const call = useApp((state) => state.clipLook?.pending['clip:scan'] ?? null)
  const fraction = useCallProgress(call)
  if (call === null) return null
  return (
    <div className="flex items-center gap-3 text-xs text-faint">
      <p className="shrink-0">{text.scanning}</p>
      <Progress label="Checking the clip" fraction={fraction} />
    </div>
  )
}
