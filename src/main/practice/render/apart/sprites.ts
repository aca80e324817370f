import { practiceWords } from '../../../../shared/text/practice-words.ts'
import type { Pixels } from '../../../../shared/units.ts'
import { loadSharp } from '../../../media/image/apart/open-image.ts'
import { createSprite, type Sprite } from '../canvas.ts'
import type { Part } from '../sample/rig.ts'

/** Draws pieces of a character at a scale: each as large as its box. */
export const drawParts = (parts: readonly Part[], scale: number): Promise<readonly Sprite[]> =>
  Promise.all(
    parts.map(({ box, svg }) =>
      drawSvg(box, svg, { width: Math.ceil(box[2] * scale), height: Math.ceil(box[3] * scale) }),
    ),
  )

async function drawSvg(
  box: readonly number[],
  drawing: string,
  { width, height }: { readonly width: Pixels; readonly height: Pixels },
): Promise<Sprite> {
  const size = `width="${String(width)}" height="${String(height)}" preserveAspectRatio="none"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" ${size}>${drawing}</svg>`
  const sharp = await loadSharp()
  const pixels = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer()
  for (let at = 0; at < pixels.length; at += 4) {
    const opacity = (pixels[at + 3] ?? 0) / 255
    for (let channel = at; channel < at + 3; channel++)
      pixels[channel] = Math.round((pixels[channel] ?? 0) * opacity)
  }
  return createSprite({ width, height, pixels })
}

/** Letters as strokes, 6 high: fonts may be missing, and strokes look the same everywhere. */
const letters: Readonly<Record<string, readonly [advance: number, stroke: string]>> = {
  P: [5, 'M0 6V0H2.2A1.7 1.7 0 0 1 2.2 3.4H0'],
  a: [4.5, 'M3 2V6M3 4A1.5 2 0 1 0 0 4A1.5 2 0 1 0 3 4'],
  c: [4, 'M2.8 2.6A1.6 2 0 1 0 2.8 5.4'],
  d: [4.5, 'M3 0V6M3 4A1.5 2 0 1 0 0 4A1.5 2 0 1 0 3 4'],
  e: [4.3, 'M0 4H3A1.5 2 0 1 0 2.6 5.4'],
  f: [3.2, 'M1 6V1.4A1.3 1.3 0 0 1 2.4 0.1M0 2H2.2'],
  h: [4.5, 'M0 6V0M0 3.6A1.5 1.6 0 0 1 3 3.6V6'],
  i: [1.6, 'M0 2V6M0 0.3V0.4'],
  l: [1.6, 'M0 0V6'],
  m: [6.5, 'M0 6V2M0 3.4A1.25 1.4 0 0 1 2.5 3.4V6M2.5 3.4A1.25 1.4 0 0 1 5 3.4V6'],
  n: [4.5, 'M0 6V2M0 3.6A1.5 1.6 0 0 1 3 3.6V6'],
  o: [4.5, 'M3 4A1.5 2 0 1 0 0 4A1.5 2 0 1 0 3 4'],
  r: [3.2, 'M0 6V2M0 3.8A1.8 1.8 0 0 1 1.9 2'],
  s: [3.9, 'M2.5 2.6C1.9 1.8 0.2 1.8 0.2 3C0.2 4.2 2.6 3.8 2.6 5C2.6 6.3 0.6 6.2 0 5.4'],
  t: [3.5, 'M0.9 0.6V4.9A1.1 1.1 0 0 0 2.2 6M0 2H2.2'],
  ':': [1.6, 'M0 2.9V3M0 5.8V5.9'],
  '-': [3.2, 'M0 4H1.8'],
  ' ': [2.6, ''],
}

/** What every result says, on a dark pill of this width. */
export function drawMark(width: Pixels): Promise<Sprite> {
  let x = 4.5
  const strokes = Array.from(practiceWords, (letter) => {
    const [advance, stroke] = letters[letter] ?? [0, '']
    const path = `<path transform="translate(${x.toFixed(2)} 3)" d="${stroke}"/>`
    x += advance
    return path
  })
  const box = [0, 0, x + 3, 12] as const
  const drawing = `<rect width="${String(box[2])}" height="12" rx="6" fill="#14161c" fill-opacity="0.58"/>
    <g fill="none" stroke="#fff" stroke-opacity="0.95" stroke-width="0.85" stroke-linecap="round"
      stroke-linejoin="round">${strokes.join('')}</g>`
  return drawSvg(box, drawing, { width, height: Math.round((width * box[3]) / box[2]) })
}
