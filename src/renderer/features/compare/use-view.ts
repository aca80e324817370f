import { useEffect, useMemo, useState, type RefObject } from 'react'
import type { Milliseconds } from '../../../shared/units.ts'
import type { KeptComparison } from '../../../shared/domain/desk.ts'
import type { Scene, SideSize } from './engine/arrangement.ts'
import { layout, type Placed } from './engine/layout.ts'
import { canPan, nextStop, thumbnailAt, zoomOf, zoomTo } from './engine/navigation.ts'
import { firstView, modes, refit, withSides, type Mode, type View } from './engine/view.ts'
import { usePointer, type PointerHandlers } from './use-pointer.ts'
import type { MeasuredStage } from './use-stage.ts'
import { keepLine, keptLine } from './kept-lines.ts'
import { viewOf } from './kept-view.ts'

type ViewCommand = Mode | 'zoom-in' | 'zoom-out' | 'zoom-fit' | 'zoom-actual' | 'blink-other' | 'wipe-follow'

/** The commands of the keyboard that change how the comparison is looked at. */
export type ViewCommands = Readonly<Record<ViewCommand, () => void>>

export type ViewInPage = {
  readonly view: View
  /** Where each side is at this moment, in canvas pixels. */
  readonly placed: readonly Placed[]
  /** Screen pixels per pixel of the reference. */
  readonly zoom: number
  readonly change: (change: Partial<View>) => void
  readonly commands: ViewCommands
  /** For the keys that do something for as long as they are held. */
  readonly onRelease: Pick<ViewCommands, 'blink-other' | 'wipe-follow'>
  /** For the element that the canvas fills. */
  readonly area: PointerHandlers & {
    readonly onDoubleClick: () => void
    readonly 'data-pannable': boolean
  }
}

type Options = {
  /** The sides of the comparison, whatever others come or go; by the takes the line of the wipe is found again. */
  readonly ids: readonly string[]
  /** How it was left; null where it begins. */
  readonly kept: KeptComparison | null
  readonly area: RefObject<HTMLElement | null>
  readonly stage: MeasuredStage
  readonly sides: readonly SideSize[]
  /** A click on the pictures; one on a take in the strip chooses it. */
  readonly onClick: () => void
}

/** How long the line of a wipe rests before its place is kept. */
const rest: Milliseconds = 300

/** How a comparison is looked at, changed by pointer, wheel and keys. */
export function useView({ ids, kept, area, stage, sides, onClick }: Options): ViewInPage {
  const comparison = ids.slice(1).join(' ')
  const [view, setView] = useState<View>(() => ({
    ...(kept === null ? firstView : viewOf(kept)),
    line: keptLine(localStorage, comparison) ?? kept?.view.line ?? firstView.line,
  }))
  const [of, setOf] = useState(ids)
  if (of !== ids) {
    setOf(ids)
    setView((now) => withSides(now, of, ids))
  }
  const scene = useMemo<Scene>(() => ({ stage, sides }), [stage, sides])
  const placed = useMemo(() => layout(scene, view), [scene, view])
  const change = (part: Partial<View>) => {
    setView((now) => ({ ...now, ...part }))
  }
  const pointer = usePointer({
    area,
    scene,
    scale: stage.scale,
    change: setView,
    onClick: (at) => {
      const take = thumbnailAt(placed, at)
      if (take === undefined) onClick()
      else change({ chosen: sides.findIndex(({ side }) => side === take) - 1 })
    },
  })

  const { line } = view
  useEffect(() => {
    if (line === firstView.line && keptLine(localStorage, comparison) === null) return undefined
    const timer = setTimeout(() => {
      keepLine(localStorage, comparison, line)
    }, rest)
    return () => {
      clearTimeout(timer)
    }
  }, [comparison, line])

  const hold = (held: boolean) => {
    setView((now) => ({ ...now, blink: { ...now.blink, held } }))
  }
  const step = (direction: 1 | -1) => {
    const at = pointer.at()
    setView((now) => zoomTo(scene, now, nextStop(zoomOf(scene, now), direction), at))
  }
  const show = Object.fromEntries(
    modes.map((mode) => [
      mode,
      () => {
        change({ mode })
      },
    ]),
    // Made of every mode.
  ) as Readonly<Record<Mode, () => void>>

  return {
    view,
    placed,
    zoom: zoomOf(scene, view),
    change,
    commands: {
      ...show,
      'zoom-in': () => {
        step(1)
      },
      'zoom-out': () => {
        step(-1)
      },
      'zoom-fit': () => {
        setView((now) => refit(now, 'fit'))
      },
      'zoom-actual': () => {
        const at = pointer.at()
        setView((now) => ({ ...zoomTo(scene, now, 1, at), fit: 'actual' }))
      },
      'blink-other': () => {
        hold(true)
      },
      'wipe-follow': () => {
        pointer.follow(true)
      },
    },
    onRelease: {
      'blink-other': () => {
        hold(false)
      },
      'wipe-follow': () => {
        pointer.follow(false)
      },
    },
    area: {
      ...pointer.handlers,
      onDoubleClick: () => {
        setView((now) => refit(now, 'fit'))
      },
      'data-pannable': canPan(placed),
    },
  }
}
