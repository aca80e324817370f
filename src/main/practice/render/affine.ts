/** `[a, b, c, d, e, f]` as SVG has it: x' = a x + c y + e, y' = b x + d y + f. */
export type Affine = readonly [number, number, number, number, number, number]
export type Point = { readonly x: number; readonly y: number }

export const move = ({ x, y }: Point): Affine => [1, 0, 0, 1, x, y]
export const scale = (x: number, y = x): Affine => [x, 0, 0, y, 0, 0]
export const turn = (radians: number): Affine => {
  const [sine, cosine] = [Math.sin(radians), Math.cos(radians)]
  return [cosine, sine, -sine, cosine, 0, 0]
}

/** Does the last of them first. */
export const chain = (...all: readonly Affine[]): Affine =>
  all.reduce(([a, b, c, d, e, f], [a2, b2, c2, d2, e2, f2]) => [
    ...([a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2] as const),
    ...([a * e2 + c * f2 + e, b * e2 + d * f2 + f] as const),
  ])

/** Turns and scales around a point that is moved by `by`. */
export const around = (pivot: Point, by: Affine): Affine =>
  chain(move(pivot), by, move({ x: -pivot.x, y: -pivot.y }))

export const apply = ([a, b, c, d, e, f]: Affine, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
})

export function inverse([a, b, c, d, e, f]: Affine): Affine {
  const size = a * d - b * c
  return [
    ...([d / size, -b / size, -c / size, a / size] as const),
    ...([(c * f - d * e) / size, (b * e - a * f) / size] as const),
  ]
}
