import { formatSeconds } from '../../../shared/units.ts'
import { writeTimecode } from './timecode.ts'
import {
  edgeTime,
  moveIn,
  moveOut,
  moveSpan,
  shortestFrom,
  type Edges,
  type FrameSpan,
  type WindowLimits,
} from '../../state/trim-window.ts'
import type { CommandOf } from '../../lib/shortcuts.ts'
import { useApp } from '../../state/store.ts'
import type { LoopPlayer } from '../../lib/clip-player.ts'
import { zoomStep } from './TimelineHead.tsx'
import type { Performed } from './use-performed.ts'
import type { TimelineView } from './view.ts'
import { text } from './text.ts'

type End = 'in' | 'out'

/** The part after an end was set at the playhead, and a sentence where that was not all, or not what was asked. */
type EndSet = { readonly span: FrameSpan; readonly said: string | null }

const names = { in: 'In', out: 'Out' } as const
const edgeOf = ({ from, to }: FrameSpan, end: End): number => (end === 'in' ? from : to)

/**
 * Sets one end of the part to an edge. An editor's In and Out never cost the other end without a word:
 *
 * - Past the other end, the part moves as a whole and keeps its length.
 * - Too near to the other end, In counts, because a part begins where its motion begins: Out is at the shortest part.
 * - Too far from it, this end goes where it was asked, because it is the newer wish, and takes the other one along.
 */
function setEnd(edges: Edges, span: FrameSpan, end: End, to: number, limits: WindowLimits): EndSet {
  const move = end === 'in' ? moveIn : moveOut
  const other = end === 'in' ? 'out' : 'in'
  const outAt = (part: FrameSpan) => writeTimecode(edgeTime(edges, part.to))
  const otherMoved = (part: FrameSpan) =>
    `${names[other]} moved to ${writeTimecode(edgeTime(edges, edgeOf(part, other)))}`

  const isPast = end === 'in' ? to >= span.to : to <= span.from
  if (isPast) {
    const from = end === 'in' ? to : to - (span.to - span.from)
    const moved = moveSpan(edges, span, from, limits)
    return { span: moved, said: text.lengthKept(otherMoved(moved)) }
  }
  const stopped = edgeOf(move(edges, span, to, { ...limits, push: false }), end)
  if (stopped === to) return { span: { ...span, [end === 'in' ? 'from' : 'to']: to }, said: null }
  const isTooNear = end === 'in' ? stopped < to : stopped > to
  if (isTooNear) {
    const shortest = shortestFrom(edges, end === 'in' ? to : span.from, limits)
    const verb = end === 'in' ? 'moved to' : 'stopped at'
    return { span: shortest, said: text.outAtLeast(verb, outAt(shortest), formatSeconds(limits.min)) }
  }
  const along = move(edges, span, to, { ...limits, push: true })
  return { span: along, said: text.atMost(otherMoved(along), formatSeconds(limits.max)) }
}

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
