import type { Pixels } from '../../shared/units.ts'

export type Room = { readonly width: Pixels; readonly height: Pixels }

/** Where a pane is: the line above its picture and the picture, which fills the rest of it exactly. */
export type Box = Room & { readonly left: Pixels; readonly top: Pixels }

type Spacing = {
  readonly gap: Pixels
  /** How high the line above each picture is. */
  readonly head: Pixels
}

type Arranged = { readonly boxes: readonly Box[]; readonly area: number }

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** Every way to cut a row of panes into groups of neighbours. */
function groupings<T>(items: readonly T[]): readonly (readonly (readonly T[])[])[] {
  const [first, ...rest] = items
  if (first === undefined) return [[]]
  return groupings(rest).flatMap((groups) => {
    const [next, ...others] = groups
    const apart = [[first], ...groups]
    return next ? [apart, [[first, ...next], ...others]] : [apart]
  })
}

/** Columns side by side, all equally high; in a column all pictures are equally wide. */
function columns(groups: readonly (readonly number[])[], room: Room, { gap, head }: Spacing): Arranged {
  const slopes = groups.map((group) => 1 / sum(group.map((aspect) => 1 / aspect)))
  const fixed = groups.map(({ length }) => length * head + (length - 1) * gap)
  const free = room.width - (groups.length - 1) * gap
  const taken = sum(slopes.map((slope, index) => slope * (fixed[index] ?? 0)))
  const height = Math.min(room.height, (free + taken) / sum(slopes))
  const widths = slopes.map((slope, index) => Math.max(0, (height - (fixed[index] ?? 0)) * slope))
  let left = (room.width - sum(widths) - (groups.length - 1) * gap) / 2
  const boxes = groups.flatMap((group, index) => {
    const width = widths[index] ?? 0
    let top = (room.height - height) / 2
    const column = group.map((aspect): Box => {
      const box = { left, top, width, height: width / aspect + head }
      top += box.height + gap
      return box
    })
    left += width + gap
    return column
  })
  return { boxes, area: areaOf(boxes, head) }
}

/** Rows one below the other, all equally wide; in a row all pictures are equally high. */
function rows(groups: readonly (readonly number[])[], room: Room, { gap, head }: Spacing): Arranged {
  const slopes = groups.map((group) => 1 / sum(group))
  const fixed = groups.map(({ length }) => (length - 1) * gap)
  const free = room.height - groups.length * head - (groups.length - 1) * gap
  const taken = sum(slopes.map((slope, index) => slope * (fixed[index] ?? 0)))
  const width = Math.min(room.width, (free + taken) / sum(slopes))
  const heights = slopes.map((slope, index) => Math.max(0, (width - (fixed[index] ?? 0)) * slope))
  let top = (room.height - sum(heights) - groups.length * head - (groups.length - 1) * gap) / 2
  const boxes = groups.flatMap((group, index) => {
    const height = heights[index] ?? 0
    let left = (room.width - width) / 2
    const row = group.map((aspect): Box => {
      const box = { left, top, width: height * aspect, height: height + head }
      left += box.width + gap
      return box
    })
    top += height + head + gap
    return row
  })
  return { boxes, area: areaOf(boxes, head) }
}

const areaOf = (boxes: readonly Box[], head: Pixels): number =>
  sum(boxes.map(({ width, height }) => width * (height - head)))

/**
 * Places pictures of these aspects, width by height, in their order so that they cover the most of a room: in a row, one
 * below the other, or a large one beside two small ones.
 */
export function arrange(aspects: readonly number[], room: Room, spacing: Spacing): readonly Box[] {
  if (aspects.length === 0) return []
  const all = groupings(aspects).flatMap((groups) => [
    columns(groups, room, spacing),
    rows(groups, room, spacing),
  ])
  return all.reduce((best, one) => (one.area > best.area ? one : best)).boxes
}
