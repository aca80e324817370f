import { InvalidArgumentError, type Option } from 'commander'
import { z } from 'zod'
import {
  defaultFit,
  pictureFrame,
  shortFixes,
  type FitChoices,
  type PictureFrame,
} from '../../shared/domain/fit.ts'
import { option, wordOption } from './options.ts'

const wrong = (sentence: string): never => {
  throw new InvalidArgumentError(sentence)
}

const decimal = /^(\d+(\.\d*)?|\.\d+)$/

/** Four fractions of the upright image: left, top, width and height. */
function frame(text: string, name: string): PictureFrame {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length !== 4 || !parts.every((part) => decimal.test(part)))
    return wrong(`--${name} takes X,Y,W,H as parts of the image, such as 0.1,0,0.8,1, not “${text}”.`)
  const [x = 0, y = 0, width = 0, height = 0] = parts.map(Number)
  const read = pictureFrame.safeParse({ x, y, width, height })
  return read.success
    ? read.data
    : wrong(`--${name} has to lie inside the image: X + W and Y + H are at most 1, and W and H above 0.`)
}

function colour(text: string, name: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(text.toLowerCase())
  const written = short
    ? `#${short
        .slice(1)
        .map((digit) => digit.repeat(2))
        .join('')}`
    : text.toLowerCase()
  return /^#[0-9a-f]{6}$/.test(written)
    ? written
    : wrong(`--${name} takes a colour such as #ffffff, not “${text}”.`)
}

/** How what does not fit is made to fit, whatever the files. */
export const fitOptions = (): readonly Option[] => [
  wordOption('short', shortFixes, 'how a part that is too short is lengthened (default: not at all)'),
  wordOption('aspect', ['pad', 'crop'], 'how a character is brought to an aspect that fits (default: pad)'),
  option('background', 'colour', 'behind what is see-through, or padded (default: #ffffff)', colour),
]

/** About one character only. */
export const cropOption = (): Option =>
  option(
    'crop',
    'x,y,w,h',
    'the part of the character that is kept, as fractions of it (default: all)',
    frame,
  )

export const fitFlags = z.object({
  short: z.enum(shortFixes).optional(),
  aspect: z.enum(['pad', 'crop']).optional(),
  crop: pictureFrame.optional(),
  background: z.string().optional(),
})

/** The choices of fit: as given, else as a preset has them, else the usual ones. */
export const readFit = (flags: z.infer<typeof fitFlags>, preset: FitChoices = defaultFit): FitChoices => ({
  short: flags.short ?? preset.short,
  aspect: flags.aspect ?? preset.aspect,
  crop: flags.crop ?? preset.crop,
  background: flags.background ?? preset.background,
})
