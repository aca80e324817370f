import type { OverlayOptions } from 'sharp'
import type { SheetCell } from '../../../../shared/domain/contact-sheet.ts'
import { mostStars } from '../../../../shared/domain/marks.ts'
import type { Pixels } from '../../../../shared/units.ts'
import { loadSharp } from './open-image.ts'

const side: Pixels = 300
const wordsHeight: Pixels = 64
const gap: Pixels = 24
const mostColumns = 10
const background = '#16171b'
const empty = '#22242a'

/** Digits as strokes, 6 high and 3 wide: not every machine can draw text, and a number is what a take is called by. */
const digits: Readonly<Record<string, string>> = {
  0: 'M1.5 0A1.5 3 0 0 1 1.5 6A1.5 3 0 0 1 1.5 0',
  1: 'M.3 1.2L1.8 0V6',
  2: 'M0 1.5A1.5 1.5 0 0 1 3 1.5C3 3 0 4.4 0 6H3',
  3: 'M.2 0H2.8L1.3 2.4A1.75 1.75 0 1 1 0 5.2',
  4: 'M2.2 6V0L0 4.2H3',
  5: 'M2.8 0H.5L.2 2.6A1.75 1.75 0 1 1 0 5.2',
  6: 'M2.4 0L.3 3.2M3 4.2A1.5 1.7 0 1 1 0 4.2A1.5 1.7 0 1 1 3 4.2',
  7: 'M0 0H3L1 6',
  8: 'M1.5 2.8A1.3 1.4 0 1 1 1.5 0A1.3 1.4 0 1 1 1.5 2.8A1.5 1.6 0 1 1 1.5 6A1.5 1.6 0 1 1 1.5 2.8',
  9: 'M.6 6L2.7 2.8M3 1.8A1.5 1.7 0 1 1 0 1.8A1.5 1.7 0 1 1 3 1.8',
}

const star = 'M0-8L2.2-2.8 7.8-2.3 3.6 1.4 4.9 6.9 0 4 -4.9 6.9 -3.6 1.4 -7.8-2.3 -2.2-2.8Z'

const escaped = (text: string) =>
  text.replace(/[<>&"']/g, (letter) => `&#${String(letter.charCodeAt(0))};`).replace(/\p{Cc}/gu, ' ')

/** As many letters as fit beside what is before them. */
const shortened = (text: string, most: number) => {
  const letters = Array.from(text)
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}

function words({ number, name, stars, madeWith }: SheetCell): Buffer {
  const figures = Array.from(String(number))
  const numberWidth = figures.length * 11
  const strokes = figures.map(
    (figure, nth) =>
      `<path transform="translate(${String(nth * 11 + 1)} 8) scale(2.6)" d="${digits[figure] ?? ''}"/>`,
  )
  const rating = Array.from(
    { length: mostStars },
    (_, nth) =>
      `<path transform="translate(${String(8 + nth * 18)} 45)" fill="${nth < stars ? '#f5c451' : '#3b3e47'}" d="${star}"/>`,
  )
  const letters = 'font-family="Inter, Segoe UI, Helvetica Neue, Noto Sans, DejaVu Sans, sans-serif"'
  const nameAt = numberWidth + 10
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${String(side)}" height="${String(wordsHeight)}">
    <g fill="none" stroke="#f2f3f5" stroke-width=".75" stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g>
    <text x="${String(nameAt)}" y="24" font-size="18" fill="#f2f3f5" ${letters}>${escaped(shortened(name, Math.floor((side - nameAt) / 9.5)))}</text>
    ${rating.join('')}
    <text x="104" y="51" font-size="15" fill="#a4a8b3" ${letters}>${escaped(shortened(madeWith, 24))}</text>
  </svg>`)
}

/** Takes in a grid on a dark sheet, each with what it is called by; a PNG. */
export async function drawContactSheet(cells: readonly SheetCell[]): Promise<Uint8Array> {
  const sharp = await loadSharp()
  const columns = Math.min(mostColumns, Math.max(1, Math.ceil(Math.sqrt(cells.length))))
  const rows = Math.ceil(cells.length / columns)
  const [acrossStep, downStep] = [side + gap, side + wordsHeight + gap]
  const parts = await Promise.all(
    cells.map(async (cell, nth): Promise<readonly OverlayOptions[]> => {
      const left = gap + (nth % columns) * acrossStep
      const top = gap + Math.floor(nth / columns) * downStep
      const canvas = { width: side, height: side, background: empty }
      const picture = cell.picture
        ? sharp(cell.picture).resize({ ...canvas, fit: 'contain' })
        : sharp({ create: { ...canvas, channels: 3 } })
      return [
        { input: await picture.png().toBuffer(), left, top },
        { input: words(cell), left, top: top + side },
      ]
    }),
  )
  const size = { width: gap + columns * acrossStep, height: gap + rows * downStep }
  return sharp({ create: { ...size, channels: 3, background } })
    .composite(parts.flat())
    .png()
    .toBuffer()
}
