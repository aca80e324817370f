import type { Pixels } from '../../../../shared/units.ts'
import { loadSharp } from '../../../media/image/apart/open-image.ts'

/** Letters as strokes on a grid 4 wide and 6 high: fonts may be missing, and these look the same everywhere. */
const letters: Readonly<Record<string, string>> = {
  P: 'M0 6V0H2.6A1.7 1.7 0 0 1 2.6 3.4H0',
  R: 'M0 6V0H2.6A1.7 1.7 0 0 1 2.6 3.4H0M2.2 3.4L4 6',
  A: 'M0 6L2 0L4 6M0.75 3.9H3.25',
  C: 'M4 1.1A2.4 3 0 1 0 4 4.9',
  T: 'M0 0H4M2 0V6',
  I: 'M0.6 0V6',
  E: 'M3.6 0H0V6H3.6M0 2.9H3',
}
const advance: Readonly<Record<string, number>> = { I: 3 }

/** The word PRACTICE on a dark pill, as PNG, this many pixels wide. */
export async function drawMark(width: Pixels): Promise<Uint8Array> {
  const sharp = await loadSharp()
  let x = 0
  const strokes = Array.from('PRACTICE', (letter) => {
    const stroke = `<path transform="translate(${String(x)} 0)" d="${letters[letter] ?? ''}"/>`
    x += advance[letter] ?? 5.8
    return stroke
  })
  const box = { width: x + 5.6, height: 12 }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(box.width)} ${String(box.height)}">
    <rect width="${String(box.width)}" height="12" rx="6" fill="#14161c" fill-opacity="0.62"/>
    <g transform="translate(3.7 3)" fill="none" stroke="#fff" stroke-opacity="0.92" stroke-width="1"
      stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g>
  </svg>`
  return sharp(Buffer.from(svg), { density: 288 }).resize({ width }).png().toBuffer()
}
