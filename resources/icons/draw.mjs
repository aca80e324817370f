// Draws icon.png and, for Linux, one in each size. Run it after changing the drawing: node resources/icons/draw.mjs
import { join } from 'node:path'
import sharp from 'sharp'

// Two figures in the same pose: the one that is seen, and behind it the one that learns by watching.
const figure = `
  <circle cx="0" cy="-238" r="74"/>
  <path d="M-210 -246 L-64 -112 L-64 40 L-150 268 M210 -60 L64 -112 L64 40 L128 268"
        fill="none" stroke-width="68" stroke-linecap="round" stroke-linejoin="round"/>
  <rect x="-98" y="-146" width="196" height="222" rx="62"/>`

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024">
  <rect x="64" y="64" width="896" height="896" rx="208" fill="#171a1f"/>
  <g transform="translate(622 536)" fill="#3b4552" stroke="#3b4552">${figure}</g>
  <g transform="translate(436 536)" fill="#171a1f" stroke="#171a1f" stroke-width="44">${figure.replace('stroke-width="68"', 'stroke-width="112"')}</g>
  <g transform="translate(436 536)" fill="#7db4f5" stroke="#7db4f5">${figure}</g>
</svg>`

const draw = (side, path) =>
  sharp(Buffer.from(drawing))
    .resize(side, side)
    .png({ palette: true })
    .toFile(join(import.meta.dirname, path))

await draw(1024, 'icon.png')
for (const side of [16, 32, 48, 64, 128, 256, 512]) await draw(side, `linux/${side}x${side}.png`)
