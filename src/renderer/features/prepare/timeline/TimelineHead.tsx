import { Maximize2, Redo2, Undo2, ZoomIn, ZoomOut } from 'lucide-react'
import { formatSeconds } from '../../../../shared/units.ts'
import { primaryKey } from '../../../app/shortcuts.ts'
import { useApp } from '../../../app/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { canRedo, canUndo } from '../timeline-slice.ts'
import { spanLength } from '../window.ts'
import type { Performed } from './use-performed.ts'
import type { TimelineView } from './use-view.ts'
import { limitWords } from './words.ts'

function Steps() {
  const undo = useApp((state) => state.undo)
  const redo = useApp((state) => state.redo)
  const back = useApp(canUndo)
  const forward = useApp(canRedo)
  return (
    <span className="flex">
      <IconButton
        size="small"
        side="top"
        label="Undo"
        keys={[primaryKey(), 'Z']}
        icon={<Undo2 />}
        disabled={!back}
        onClick={undo}
      />
      <IconButton
        size="small"
        side="top"
        label="Redo"
        keys={['Shift', primaryKey(), 'Z']}
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
      <IconButton
        size="small"
        side="top"
        label="Zoom out"
        keys={['−']}
        icon={<ZoomOut />}
        disabled={whole}
        onClick={() => {
          zoomBy(zoomStep)
        }}
      />
      <IconButton
        size="small"
        side="top"
        label="Zoom in"
        keys={['+']}
        icon={<ZoomIn />}
        onClick={() => {
          zoomBy(1 / zoomStep)
        }}
      />
      <IconButton
        size="small"
        side="top"
        label="Show the whole clip"
        keys={['0']}
        icon={<Maximize2 />}
        disabled={whole}
        onClick={fit}
      />
    </span>
  )
}

export type TimelineHeadProps = {
  readonly performed: Performed
  readonly zoomable: TimelineView
  /** A limit holds a handle back just now. */
  readonly held: boolean
}

export function TimelineHead({ performed: { edges, span, limits }, zoomable, held }: TimelineHeadProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h2 className="text-sm font-medium">Performed part</h2>
      <p className={classNames('text-xs transition-colors', held ? 'font-medium text-warn' : 'text-faint')}>
        {limitWords(limits)}
        {held && ' Hold Shift to take the other end along.'}
      </p>
      <div className="ml-auto flex flex-wrap items-center justify-end gap-x-3">
        <p className="tabular text-xs text-soft">
          {formatSeconds(spanLength(edges, span))} of {formatSeconds(zoomable.duration)}
          <span className="text-faint"> · {span.to - span.from} frames</span>
        </p>
        <Steps />
        <ZoomButtons {...zoomable} />
      </div>
    </div>
  )
}
