import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { SideSize } from './engine/arrangement.ts'
import { paint, type SidePicture } from './engine/paint.ts'
import type { ShownFrame } from './engine/shown-frames.ts'
import { changesAlone, type View } from './engine/view.ts'
import type { MeasuredStage } from './use-stage.ts'

type Options = {
  readonly stage: MeasuredStage
  readonly view: View
  /** In the order of the sides of the comparison. */
  readonly sides: readonly SideSize[]
  /** Of these sides: by it a picture finds its side again where other sides have come or gone. */
  readonly ids: readonly string[]
}

type ShownPicture = Omit<ShownFrame, 'side'> & { readonly id: string | undefined }

export type CanvasInPage = {
  /** For the canvas, which fills the stage. */
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly onPaint: (shown: readonly ShownFrame[], ids: readonly string[]) => void
  /** What is on the canvas. */
  readonly pictures: () => readonly (SidePicture & { readonly id: string })[]
}

/** Paints the shown frames on the canvas, whenever they, the view or the room for them change. */
export function useCanvas({ stage, view, sides, ids }: Options): CanvasInPage {
  const canvas = useRef<HTMLCanvasElement>(null)
  const shown = useRef<readonly ShownPicture[]>([])
  const latest = useRef({ stage, view, sides, ids })

  const pictures = useCallback(
    () =>
      shown.current.flatMap(({ id, frame, image }) => {
        const size = latest.current.sides[latest.current.ids.findIndex((known) => known === id)]
        return size && id !== undefined ? [{ ...size, id, frame, image }] : []
      }),
    [],
  )

  const draw = useCallback(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const { stage: room, view: how } = latest.current
    // What differs between two copies says nothing; the sharp frames are on their way.
    if (how.mode === 'difference' && shown.current.some(({ soft }) => soft)) return
    if (element.width !== room.width || element.height !== room.height) {
      element.width = room.width
      element.height = room.height
    }
    const panes = paint(context, room, pictures(), how, performance.now())
    // The claim that the picture can be held against: where every side is, and which frame it shows.
    element.dataset['panes'] = JSON.stringify(panes)
  }, [pictures])

  useEffect(() => {
    latest.current = { stage, view, sides, ids }
    let frame = 0
    const again = () => {
      draw()
      if (changesAlone(view)) frame = requestAnimationFrame(again)
    }
    again()
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [stage, view, sides, ids, draw])

  const onPaint = useCallback(
    (frames: readonly ShownFrame[], of: readonly string[]) => {
      shown.current = frames.map(({ side, ...picture }) => ({ id: of[side], ...picture }))
      draw()
    },
    [draw],
  )
  return { canvas, onPaint, pictures }
}
