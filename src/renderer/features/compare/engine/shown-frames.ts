/** One picture of what is painted. */
export type ShownFrame = { readonly side: number; readonly frame: number; readonly image: VideoFrame }

type Asked = { readonly side: number; readonly frame: number }

export type ShownFrames = {
  /** Takes the frames over from the sources. False where they are the same as before. */
  readonly show: (asked: readonly Asked[], get: (side: number, frame: number) => VideoFrame | null) => boolean
  readonly all: () => readonly ShownFrame[]
  readonly close: () => void
}

/**
 * The frames that are painted, held apart from the sources: those close them as soon as another place is wanted, and a
 * change of the view still has to paint them.
 */
export function createShownFrames(): ShownFrames {
  let shown: readonly ShownFrame[] = []
  const closeAll = () => {
    for (const { image } of shown) image.close()
  }
  return {
    show: (asked, get) => {
      const same =
        asked.length === shown.length &&
        asked.every(({ side, frame }, nth) => shown[nth]?.side === side && shown[nth].frame === frame)
      if (same) return false
      const next = asked.flatMap(({ side, frame }) => {
        const image = get(side, frame)
        return image === null ? [] : [{ side, frame, image: image.clone() }]
      })
      closeAll()
      shown = next
      return true
    },
    all: () => shown,
    close: () => {
      closeAll()
      shown = []
    },
  }
}
