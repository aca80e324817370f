import { cssView } from '../../../../src/renderer/features/compare/engine/css-view.ts'
import { paint, type Pane } from '../../../../src/renderer/features/compare/engine/paint.ts'
import { renderStill } from '../../../../src/renderer/features/compare/engine/still.ts'
import { firstView, type View } from '../../../../src/renderer/features/compare/engine/view.ts'
import type { Size, Stage } from '../../../../src/renderer/features/compare/engine/arrangement.ts'
import { contextOf, madePictures } from './made-pictures.ts'

/** Paints made pictures by the product's own code, and reads the pixels back, when the test beside this page asks. */

/** Red, green, blue and alpha of every pixel in base64, which crosses to the test much faster than numbers. */
export type Bitmap = Size & { readonly base64: string }

function bitmapOf(context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D): Bitmap {
  const { width, height } = context.canvas
  const bytes = context.getImageData(0, 0, width, height).data
  let binary = ''
  for (let from = 0; from < bytes.length; from += 8192)
    binary += String.fromCharCode(...bytes.subarray(from, from + 8192))
  return { width, height, base64: btoa(binary) }
}

export type Scene = {
  readonly stage: Stage
  readonly sizes: readonly Size[]
  readonly view?: Partial<View>
  readonly now?: number
}

/** What is on a canvas of the page after it was painted, and where the sides are said to be. */
function painted({ stage, sizes, view, now = 0 }: Scene): {
  readonly bitmap: Bitmap
  readonly panes: readonly Pane[]
} {
  const canvas = document.createElement('canvas')
  canvas.width = stage.width
  canvas.height = stage.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no canvas')
  const panes = paint(context, stage, madePictures(sizes), { ...firstView, ...view }, now)
  return { bitmap: bitmapOf(context), panes }
}

/** A still, read back from its PNG. */
async function still({ stage, sizes, view, now = 0 }: Scene): Promise<Bitmap & { readonly type: string }> {
  const sides = madePictures(sizes).map((picture) => ({ picture, original: null }))
  const { picture: blob } = await renderStill(stage, sides, { ...firstView, ...view }, now)
  const image = await createImageBitmap(blob)
  const context = contextOf(image)
  context.drawImage(image, 0, 0)
  return { ...bitmapOf(context), type: blob.type }
}

/** Shows the pictures as elements in the corner of the page, placed by CSS alone, on top of everything else. */
function styled({ stage, sizes, view, now = 0 }: Scene): void {
  document.getElementById('styled')?.remove()
  const pictures = madePictures(sizes)
  const css = cssView({ stage, sides: pictures }, { ...firstView, ...view }, window.devicePixelRatio, now)
  const frame = document.createElement('div')
  frame.id = 'styled'
  frame.style.cssText = 'position:fixed;inset:0;background:black;z-index:99'
  Object.assign(frame.style, css.frame)
  for (const { side, width, height, image } of pictures) {
    const element = document.createElement('canvas')
    Object.assign(element, { width, height })
    element.getContext('2d')?.drawImage(image, 0, 0)
    element.style.position = 'absolute'
    Object.assign(element.style, css.sides[side])
    frame.append(element)
  }
  document.body.append(frame)
}

declare global {
  interface Window {
    pictures: {
      readonly painted: typeof painted
      readonly still: typeof still
      readonly styled: typeof styled
    }
  }
}

window.pictures = { painted, still, styled }
