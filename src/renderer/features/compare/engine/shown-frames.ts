/** One picture of what is painted. */
export type ShownFrame = Asked & { readonly image: CanvasImageSource }

/** `soft`: from a smaller copy. */
export type Asked = { readonly side: number; readonly frame: number; readonly soft: boolean }

export type ShownFrames = {
  /**
   * Takes frames over from the sources, all of them at one moment, and then calls `done` with whether they are others
   * than before. Only the newest wish is carried out.
   */
  readonly show: (
    asked: readonly Asked[],
    get: (asked: Asked) => VideoFrame | null,
    done: (changed: boolean) => void,
  ) => void
  /** A wish is being carried out. */
  readonly isBusy: () => boolean
  readonly all: () => readonly ShownFrame[]
  /** Another file is read for this side from now on, also for the frame that is shown. */
  readonly forget: (side: number) => void
  /** The sides are others now: nothing of the old ones is shown any more. */
  readonly reset: () => void
  readonly close: () => void
}

/** Where the pixels of one side are: read into `pixels`, and then all sides at once onto their canvases. */
type Sheet = { readonly canvas: OffscreenCanvas; readonly pixels: ImageData }

/**
 * The frames that are painted, apart from the sources: those close them as soon as another place is wanted, and a change
 * of the view still has to paint them. They are copied as pixels: without a graphics card, Chromium 156 keeps every
 * `VideoFrame` that was drawn in a cache of up to 512 MB (measured on 2026-11-30), and draws it half as fast.
 */
export function createShownFrames(onError: (side: number, error: unknown) => void): ShownFrames {
  const sheets = new Map<string, Sheet>()
  let shown: readonly ShownFrame[] = []
  let running = false
  let waiting: (() => void) | null = null
  let closed = false
  /** Counts what ends a wish: what is read for it is of no use any more. */
  let round = 0
  /** Sides whose pixels are those of a file that has been replaced. */
  const stale = new Set<number>()

  const isEqual = (one: Asked, other: Asked | undefined) =>
    one.side === other?.side && one.frame === other.frame && one.soft === other.soft
  const isSame = (one: readonly Asked[], other: readonly Asked[]) =>
    one.length === other.length &&
    one.every((asked, nth) => isEqual(asked, other[nth]) && !stale.has(asked.side))

  // A copy and its original take turns.
  const sheetName = ({ side, soft }: Asked) => `${String(side)}${soft ? ' soft' : ''}`

  function sheetFor(
    asked: Asked,
    { width, height }: { readonly width: number; readonly height: number },
  ): Sheet {
    const known = sheets.get(sheetName(asked))
    if (known?.canvas.width === width && known.canvas.height === height) return known
    const sheet = { canvas: new OffscreenCanvas(width, height), pixels: new ImageData(width, height) }
    sheets.set(sheetName(asked), sheet)
    return sheet
  }

  /** Reads a frame's pixels; the source may close its frame meanwhile. */
  async function read(asked: Asked, picture: VideoFrame): Promise<Sheet> {
    const { width, height } = picture.visibleRect ?? {
      width: picture.codedWidth,
      height: picture.codedHeight,
    }
    const sheet = sheetFor(asked, { width, height })
    const copy = picture.clone()
    try {
      await copy.copyTo(sheet.pixels.data, { format: 'RGBA', colorSpace: 'srgb' })
    } finally {
      copy.close()
    }
    return sheet
  }

  async function run(
    asked: readonly Asked[],
    pictures: readonly VideoFrame[],
    done: (changed: boolean) => void,
  ) {
    running = true
    const mine = round
    // A side that stays on its frame keeps its sheet.
    const isNew = (one: Asked) => stale.has(one.side) || !shown.some((known) => isEqual(one, known))
    const outcomes = await Promise.allSettled(
      asked.map(async (one, nth) => {
        const picture = pictures[nth]
        const sheet = picture && isNew(one) ? await read(one, picture) : null
        return { ...one, sheet }
      }),
    )
    running = false
    if (closed) return
    if (mine !== round) {
      begin()
      return
    }
    for (const [nth, outcome] of outcomes.entries())
      if (outcome.status === 'rejected') {
        onError(asked[nth]?.side ?? 0, outcome.reason)
        return
      }
    stale.clear()
    shown = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [paste(outcome.value)] : []))
    done(true)
    begin()
  }

  /** Carries out the newest wish. */
  function begin() {
    const next = waiting
    waiting = null
    next?.()
  }

  function paste({ sheet, ...asked }: Asked & { readonly sheet: Sheet | null }): ShownFrame {
    sheet?.canvas.getContext('2d', { willReadFrequently: true })?.putImageData(sheet.pixels, 0, 0)
    const image = sheet?.canvas ?? sheets.get(sheetName(asked))?.canvas
    if (!image) throw new Error(`side ${String(asked.side)} was not read`)
    return { ...asked, image }
  }

  return {
    show: (asked, get, done) => {
      const start = () => {
        if (isSame(asked, shown)) {
          done(false)
          return
        }
        const pictures = asked.map(get)
        // One that has been closed since is asked for again.
        if (pictures.some((picture) => picture === null)) return
        void run(
          asked,
          pictures.filter((picture) => picture !== null),
          done,
        )
      }
      if (running) waiting = start
      else start()
    },
    isBusy: () => running,
    all: () => shown,
    forget: (side) => {
      round += 1
      waiting = null
      stale.add(side)
    },
    reset: () => {
      round += 1
      waiting = null
      shown = []
      stale.clear()
      sheets.clear()
    },
    close: () => {
      closed = true
      waiting = null
      sheets.clear()
      shown = []
    },
  }
}
