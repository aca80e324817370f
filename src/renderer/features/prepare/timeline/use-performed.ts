import { useMemo } from 'react'
import { useApp } from '../../../app/store.ts'
import type { ClipInspection } from '../intake.ts'
import { chosenModel } from '../inputs-slice.ts'
import {
  evenEdges,
  spanOf,
  windowLimits,
  windowOf,
  type Edges,
  type FrameSpan,
  type WindowLimits,
} from '../window.ts'

export type Performed = {
  readonly edges: Edges
  readonly limits: WindowLimits
  readonly span: FrameSpan
  /** Changes with the same gesture are undone at once. */
  readonly put: (span: FrameSpan, gesture?: string) => void
}

/** The performed part of a clip in frames, and how to change it. */
export function usePerformed({ file, facts }: ClipInspection): Performed {
  const known = useApp(({ clipLook }) => (clipLook?.token === file.token ? clipLook.edges : null))
  const edges = useMemo(() => known ?? evenEdges(facts), [known, facts])
  const model = useApp(chosenModel)
  const orientation = useApp((state) => state.takeSettings.orientation)
  const window = useApp((state) => state.clipWindow)
  const changeWindow = useApp((state) => state.changeWindow)
  return useMemo(() => {
    const limits = windowLimits(model, orientation)
    return {
      edges,
      limits,
      span: spanOf(edges, window, limits),
      put: (span, gesture) => {
        changeWindow(windowOf(edges, span, limits), gesture)
      },
    }
  }, [edges, model, orientation, window, changeWindow])
}
