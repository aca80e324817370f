import { roundingTolerance, type Pixels } from '../../../../shared/units.ts'
import { inOneRegion, type View } from './view.ts'

/** Which sides are shown beside or over each other, in which rows, and how large. */

export type Size = { readonly width: Pixels; readonly height: Pixels }

/** A side with the size of its picture, in its own pixels. */
export type SideSize = Size & { readonly side: string }

/** The canvas, in its own pixels. */
export type Stage = Size & {
  /** Room above every region, for the name of its side. */
  readonly caption?: Pixels
  /** Room between regions. */
  readonly gap?: Pixels
}

/** All sides of a comparison, the reference first, and where there is room for them. */
export type Scene = { readonly stage: Stage; readonly sides: readonly SideSize[] }

/** Regions that share one scale, in rows, in a part of the stage that begins at `top`. */
export type Block = {
  readonly rows: readonly (readonly SideSize[])[]
  readonly stage: Stage
  readonly top: Pixels
}

export type Arrangement = {
  readonly main: Block
  /** Takes that are only shown to choose from. */
  readonly strip: Block | null
  /** The sides that are one over the other in the only region. */
  readonly over: readonly SideSize[] | null
}

/** Sides whose shapes differ by less are one shape: an encoder rounds sizes to even numbers of pixels. */
const sameShape = 0.02

/** The share of the height that a strip gets. */
const stripHeight = 0.2

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What captions and gaps leave of the width of a row. */
export const freeWidth = ({ width, gap = 0 }: Stage, columns: number): Pixels =>
  Math.max(width - gap * (columns - 1), 0)

/** What captions and gaps leave of the height. */
export const freeHeight = ({ height, gap = 0, caption = 0 }: Stage, rows: number): Pixels =>
  Math.max(height - gap * (rows - 1) - caption * rows, 0)

export const rowHeight = (row: readonly Size[]): Pixels => Math.max(...row.map(({ height }) => height))

/** The scale at which the rows fill the height, and for each row the one at which it fills the width. */
const fillingScales = ({ rows, stage }: Block): readonly number[] => [
  freeHeight(stage, rows.length) / sum(rows.map(rowHeight)),
  ...rows.map((row) => freeWidth(stage, row.length) / sum(row.map(({ width }) => width))),
]

/** The scale at which all of every picture is in sight, as large as possible. */
export const fitScale = (block: Block): number => Math.min(...fillingScales(block))

/** As many columns as make the pictures largest. */
function grid(sides: readonly SideSize[], stage: Stage): Block['rows'] {
  const inColumns = (columns: number) =>
    Array.from({ length: Math.ceil(sides.length / columns) }, (_, row) =>
      sides.slice(row * columns, (row + 1) * columns),
    )
  const scale = (rows: Block['rows']) => fitScale({ rows, stage, top: 0 })
  return sides
    .map((_, index) => inColumns(index + 1))
    .reduce((best, rows) => (scale(rows) > scale(best) * (1 + roundingTolerance) ? rows : best))
}

const resized = (side: SideSize, factor: number): SideSize => ({
  side: side.side,
  width: side.width * factor,
  height: side.height * factor,
})

/** A side over the reference: in the same box, or as large as fits into the box if its shape is another. */
function over(reference: Size, side: SideSize): SideSize {
  const across = reference.width / side.width
  const down = reference.height / side.height
  if (Math.abs(across / down - 1) < sameShape)
    return { side: side.side, width: reference.width, height: reference.height }
  return resized(side, Math.min(across, down))
}

const asHighAs = (reference: Size, side: SideSize) => resized(side, reference.height / side.height)
const asWideAs = (reference: Size, side: SideSize) => resized(side, reference.width / side.width)

/** Null without any side. */
export function arrange({ stage, sides }: Scene, view: View): Arrangement | null {
  const [reference, ...takes] = sides
  if (!reference) return null
  const chosen = takes[view.chosen] ?? takes[0]
  if (inOneRegion(view)) {
    const pair = chosen ? [reference, chosen] : [reference]
    return {
      main: { rows: [[reference]], stage, top: 0 },
      strip: null,
      over: pair.map((side) => over(reference, side)),
    }
  }
  const others = view.several === 'strip' ? takes.filter((take) => take !== chosen) : []
  const large = takes.filter((take) => !others.includes(take))
  const isPair = large.length < 2
  const sized = (side: SideSize) => {
    if (view.fit === 'actual') return side
    return view.mode === 'stacked' && isPair ? asWideAs(reference, side) : asHighAs(reference, side)
  }
  const gap = stage.gap ?? 0
  const below = others.length > 0 ? Math.round(stage.height * stripHeight) : 0
  const above = below > 0 ? { ...stage, height: Math.max(stage.height - below - gap, 0) } : stage
  const all = [reference, ...large].map(sized)
  const rows =
    view.mode === 'stacked'
      ? [all.slice(0, 1), all.slice(1)].filter((row) => row.length > 0)
      : isPair
        ? [all]
        : grid(all, above)
  return {
    main: { rows, stage: above, top: 0 },
    strip:
      below > 0
        ? {
            rows: [others.map((side) => asHighAs(reference, side))],
            stage: { ...stage, height: below },
            top: above.height + gap,
          }
        : null,
    over: null,
  }
}

/** Screen pixels per pixel of the reference. */
export function scaleIn(block: Block, { fit, zoom }: View): number {
  if (zoom !== null) return zoom
  if (fit === 'actual') return 1
  return fit === 'fit' ? fitScale(block) : Math.max(...fillingScales(block))
}
