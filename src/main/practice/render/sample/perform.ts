import { type Affine, chain, move, scale } from '../affine.ts'
import { type Canvas, type Colour, copyOf, drawShade, drawSprite, type Sprite } from '../canvas.ts'
import type { Stance } from '../stance.ts'
import { drawTube, type Tube } from '../tube.ts'
import { act, type Piece, reach } from './act.ts'
import type { Placement } from './find-character.ts'
import type { PartName, Rig } from './rig.ts'

/** Sprites have more pixels than the canvas: they are turned, and must stay sharp. */
export const spriteScale = (rig: Rig, place: Placement) => rig.placed.scale * place.scale * 1.3

/** The sample's character, put together again on its own ground, frame by frame. */
export function createPerformance(
  picture: Canvas,
  {
    rig,
    place,
    sprites,
  }: { readonly rig: Rig; readonly place: Placement; readonly sprites: ReadonlyMap<PartName, Sprite> },
): { readonly empty: Canvas; readonly paint: (canvas: Canvas, moment: Moment) => void } {
  const { placed } = rig
  const onto = chain(move(place), scale(place.scale), move(placed), scale(placed.scale))
  return {
    empty: withoutCharacter(picture, rig, place),
    paint: (canvas, { stance, ...swing }) => {
      for (const piece of act(rig, stance, swing)) paintPiece(canvas, piece, { rig, onto, sprites })
    },
  }
}

function paintPiece(
  canvas: Canvas,
  piece: Piece,
  {
    rig,
    onto,
    sprites,
  }: { readonly rig: Rig; readonly onto: Affine; readonly sprites: ReadonlyMap<PartName, Sprite> },
): void {
  const size = onto[0]
  const point = ({ x, y }: { readonly x: number; readonly y: number }) => ({
    x: x * size + onto[4],
    y: y * size + onto[5],
  })
  if (piece.kind === 'part') {
    const sprite = sprites.get(piece.part)
    const [x, y, width, height] = rig.parts[piece.part].box
    if (!sprite) return
    const own = chain(move({ x, y }), scale(width / sprite.width, height / sprite.height))
    drawSprite(canvas, sprite, chain(onto, piece.place, own))
  } else if (piece.kind === 'tube') {
    drawTube(canvas, scaled(piece.tube, size, point))
  } else {
    const { shade } = piece
    drawShade(canvas, { ...shade, ...point(shade), wide: shade.wide * size, high: shade.high * size })
  }
}

const scaled = (
  tube: Tube,
  size: number,
  point: (point: Tube['path'][number]) => Tube['path'][number],
): Tube => ({
  ...tube,
  path: tube.path.map(point),
  radius: tube.radius * size,
  bands: (tube.bands ?? []).map((band) => ({
    ...band,
    from: band.from * size,
    to: band.to * size,
    ...(band.radius !== undefined && { radius: band.radius * size }),
  })),
})

/** The picture with its own wall where the character was. */
function withoutCharacter(picture: Canvas, rig: Rig, { scale: size, x, y }: Placement): Canvas {
  const [wide, high] = [rig.size[0] * size, rig.size[1] * size]
  const inside = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)))
  const [left, right] = [inside(x, picture.width), inside(x + wide, picture.width)]
  const [top, bottom] = [inside(y, picture.height), inside(y + high, picture.height)]
  const empty = copyOf(picture)
  const wall = wallColour(picture, rig, { left, right, top, bottom })
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++)
      empty.pixels.set(wall, (row * picture.width + column) * 3)
  return empty
}

/** The colour of the wall as this picture has it: compression may have changed it a little. */
function wallColour(
  { width, pixels }: Canvas,
  { ground }: Rig,
  {
    left,
    right,
    top,
    bottom,
  }: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): Colour {
  const found: number[][] = []
  for (let step = 1; step < 40; step++) {
    const row = Math.floor(top + ((bottom - top) * step) / 40)
    for (const column of [left + 3, right - 4]) {
      const at = (row * width + column) * 3
      const colour = [...pixels.subarray(at, at + 3)]
      if (colour.every((value, channel) => Math.abs(value - (ground[channel] ?? 0)) < 10)) found.push(colour)
    }
  }
  const middle = (channel: 0 | 1 | 2) =>
    found.map((colour) => colour[channel] ?? 0).toSorted((one, other) => one - other)[found.length >> 1] ??
    ground[channel]
  return [middle(0), middle(1), middle(2)]
}

/** Keeps the head in the picture: in a narrow one the character goes less far to the sides. */
export function inside(
  stances: readonly Stance[],
  { width }: Canvas,
  { rig, place }: { readonly rig: Rig; readonly place: Placement },
): readonly Stance[] {
  const size = rig.placed.scale * place.scale
  const middle = place.x + (rig.placed.x + rig.joints.hips.x * rig.placed.scale) * place.scale
  const room = Math.min(middle, width - middle) / size - rig.parts.head.box[2] / 2
  const { hips, neck } = rig.joints
  // A lean and a tilt carry the head to the side as well.
  const shares = stances.map(({ across, lean, tilt }) => {
    const carried = Math.sin(lean) * (hips.y - neck.y) + Math.sin(tilt) * (rig.parts.head.box[3] / 2)
    return (room - carried * Math.sign(across)) / Math.max(1e-6, Math.abs(across) * reach)
  })
  const less = 1 - Math.max(0.2, Math.min(1, ...shares))
  return stances.map((stance) => {
    const { across, feet } = stance
    const [left, right] = feet
    const back = across * less
    return {
      ...stance,
      across: across - back,
      feet: [
        { ...left, across: left.across + back },
        { ...right, across: right.across - back },
      ],
    }
  })
}

/** A stance, and how far tail and ears are bent in it, in radians. */
export type Moment = { readonly stance: Stance; readonly tail: number; readonly ears: number }

/** What is soft follows late: the tail the hips, the ears the head. */
export function withSwings(stances: readonly Stance[], frameRate: number): readonly Moment[] {
  const late = Math.max(1, Math.round(frameRate * 0.24))
  const within = (value: number, most: number) => Math.max(-most, Math.min(most, value))
  return stances.map((stance, frame) => {
    /** How far it is from where it was on average. */
    const gone = (read: (stance: Stance) => number) => {
      const past = stances.slice(Math.max(0, frame - late), frame + 1)
      return read(stance) - past.reduce((sum, one) => sum + read(one), 0) / past.length
    }
    const sideways = gone(({ across }) => across)
    const upward = gone(({ rise }) => rise)
    return { stance, tail: within(upward * 1.2 - sideways * 1.6, 0.42), ears: within(upward * -1.1, 0.2) }
  })
}
