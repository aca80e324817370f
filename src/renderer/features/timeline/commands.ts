import type { CommandOf } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import { setEnd, type End } from './set-end.ts'
import type { FrameSpan } from '../../state/trim-window.ts'
import type { LoopPlayer } from '../../lib/clip-player.ts'
import { zoomStep } from './TimelineHead.tsx'
import type { Performed } from './use-performed.ts'
import type { TimelineView } from './view.ts'

type Desk = {
  readonly performed: Performed
  readonly player: LoopPlayer | null
  readonly zoomable: TimelineView
  /** Told why setting an end did more or less than was asked. */
  readonly onSaid: (said: string | null, span: FrameSpan) => void
}

/** What each command of the keyboard does. */
export function useCommands({
  performed,
  player,
  zoomable,
  onSaid,
}: Desk): Readonly<Record<CommandOf<'timeline'>, () => void>> {
  const toggleSound = useApp((state) => state.toggleClipSound)
  const { edges, span, limits, put } = performed
  const frame = () => player?.reading().frame ?? span.from
  const set = (end: End, to: number) => {
    const { span: next, said } = setEnd(edges, span, end, to, limits)
    put(next)
    onSaid(said, next)
  }

  return {
    toggle: () => player?.toggle(),
    pause: () => player?.pause(),
    faster: () => player?.shuttle(1),
    backward: () => player?.shuttle(-1),
    back: () => player?.step(-1),
    forward: () => player?.step(1),
    'back-ten': () => player?.step(-10),
    'forward-ten': () => player?.step(10),
    'set-in': () => {
      set('in', frame())
    },
    'set-out': () => {
      set('out', frame() + 1)
    },
    'go-in': () => player?.show(span.from),
    'go-out': () => player?.show(span.to - 1),
    sound: toggleSound,
    'zoom-in': () => {
      zoomable.zoomBy(1 / zoomStep)
    },
    'zoom-out': () => {
      zoomable.zoomBy(zoomStep)
    },
    'zoom-fit': zoomable.fit,
  }
}
