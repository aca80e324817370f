import type { Size } from '../../../../src/renderer/features/compare/engine/arrangement.ts'
import type { SidePicture } from '../../../../src/renderer/features/compare/engine/paint.ts'

/** Pictures in which every pixel says where it is and whose it is. */

/** Colours far apart for neighbours, never black, and others for every side. */
export const colourAt = (side: number, x: number, y: number): readonly [number, number, number] => [
  1 + ((x * 83 + side * 31) % 255),
  1 + ((y * 59 + side * 101) % 255),
  1 + ((x * 7 + y * 13 + side * 67) % 255),
]

const sideNames = ['reference', 'result', 'result-2', 'result-3', 'result-4']

export function contextOf({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) throw new Error('This browser has no canvas')
  return context
}

export function madePictures(sizes: readonly Size[]): readonly SidePicture[] {
  return sizes.map(({ width, height }, index) => {
    const context = contextOf({ width, height })
    const pixels = context.createImageData(width, height)
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) pixels.data.set([...colourAt(index, x, y), 255], (y * width + x) * 4)
    context.putImageData(pixels, 0, 0)
    return { side: sideNames[index] ?? 'result', frame: index + 7, image: context.canvas, width, height }
  })
}
