import { Argument, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { readClockTime } from '../../shared/text/clock-time.ts'
import { templateProblem } from '../../shared/domain/batch.ts'
import type { Seconds } from '../../shared/units.ts'
import { isLoopbackHost } from '../network/addresses.ts'
import {
  defaultFit,
  pictureFrame,
  shortFixes,
  type FitChoices,
  type PictureFrame,
} from '../../shared/domain/take.ts'

type Read = (text: string, name: string) => unknown

const wrong = (sentence: string): never => {
  throw new InvalidArgumentError(sentence)
}

const asGiven: Read = (text, name) => (text === '' ? wrong(`--${name} needs a value.`) : text)

/** An option with a value that may be given once. */
export function option(name: string, value: string, help: string, read: Read = asGiven): Option {
  return new Option(`--${name} <${value}>`, help).argParser((text: string, before: unknown) =>
    before === undefined ? read(text, name) : wrong(`--${name} was used twice.`),
  )
}

/** A take that a command is about. */
export const takeArgument = (): Argument =>
  new Argument('<id>', 'the id of a take, or enough of its start or end to be unique')

/** One take or several. */
export const takesArgument = (): Argument =>
  new Argument('<ids...>', 'ids of takes, or enough of their start or end to be unique')

/** An option whose value is one of a few words. */
export function wordOption(name: string, words: readonly string[], help: string): Option {
  return option(name, words.join('|'), help, (text) =>
    words.includes(text) ? text : wrong(`--${name} must be ${words.join(' or ')}, not “${text}”.`),
  )
}

/** An option that may be given again and again; its values are collected. */
export function listOption(name: string, value: string, help: string): Option {
  return new Option(`--${name} <${value}>`, help).argParser((text: string, before: unknown) => [
    ...(Array.isArray(before) ? (before as readonly string[]) : []),
    text,
  ])
}

/** Empty text is a choice here: it means no text. */
export const freeText: Read = (text) => text

export const nameTemplate: Read = (text) => {
  const problem = templateProblem(text)
  return problem === null ? text : wrong(problem)
}

/** A time on the command line: seconds, or so many frames of the clip. */
export type AskedTime = Seconds | { readonly frames: number }

const frameCount = /^(\d{1,7})\s*f(?:rames?)?$/i
/** Below this no clip is longer, and no number is a mistake of typing. */
const mostSeconds = 86_400

function readTime(text: string, name: string): AskedTime {
  const frames = frameCount.exec(text)
  if (frames) return { frames: Number(frames[1]) }
  const typed = readClockTime(text)
  if (typed.ok)
    return typed.time <= mostSeconds ? typed.time : wrong(`--${name} can be at most 86400 seconds.`)
  if (typed.message !== null) return wrong(`--${name}: ${typed.message}`)
  return wrong(`--${name} must be seconds (2.5), a time (0:02.5) or frames (75f), not “${text}”.`)
}

const negative = (time: AskedTime): AskedTime => (typeof time === 'number' ? -time : { frames: -time.frames })

/** `2.5`, `2,5`, `0:02.5`, `00:00:02.5` or `75f`; with a sign where it may be negative. */
export const time =
  (smallest: 'any' | 'zero' | 'above zero'): Read =>
  (text, name) => {
    const sign = /^\s*([+\-\u2212]?)/.exec(text)?.[1] ?? ''
    const value = readTime(text.trim().slice(sign.length), name)
    if (sign !== '' && sign !== '+' && smallest === 'any') return negative(value)
    if (sign !== '' && sign !== '+') return wrong(`--${name} can’t be negative.`)
    const isNothing = value === 0 || (typeof value === 'object' && value.frames === 0)
    return smallest === 'above zero' && isNothing ? wrong(`--${name} must be more than 0.`) : value
  }

/** An https address, or http where the traffic never leaves this machine. */
export const webAddress: Read = (text, name) => {
  if (!URL.canParse(text)) return wrong(`--${name} must be a web address, such as https://example.com.`)
  const url = new URL(text)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!secure) return wrong(`--${name} must use https (http only on this computer).`)
  if (url.username !== '' || url.password !== '')
    return wrong(`--${name} can’t contain a user name or password.`)
  return url.href
}

/** Scheme, host and port: the paths behind it belong to the provider. */
export const baseAddress: Read = (text, name) => {
  const url = new URL(String(webAddress(text, name)))
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return wrong(`--${name} can only have a scheme, host and port, such as ${url.origin}.`)
  return url.origin
}

const decimal = /^(\d+(\.\d*)?|\.\d+)$/

/** Four fractions of the upright image: left, top, width and height. */
function frame(text: string, name: string): PictureFrame {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length !== 4 || !parts.every((part) => decimal.test(part)))
    return wrong(`--${name} must be X,Y,W,H as fractions of the image, such as 0.1,0,0.8,1, not “${text}”.`)
  const [x = 0, y = 0, width = 0, height = 0] = parts.map(Number)
  const read = pictureFrame.safeParse({ x, y, width, height })
  return read.success
    ? read.data
    : wrong(`--${name} must be inside the image: X + W and Y + H at most 1, and W and H above 0.`)
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
    : wrong(`--${name} must be a colour such as #ffffff, not “${text}”.`)
}

/** How what does not fit is made to fit, whatever the files. */
export const fitOptions = (): readonly Option[] => [
  wordOption('short', shortFixes, 'how to lengthen a part that is too short (default: not at all)'),
  wordOption('aspect', ['pad', 'crop'], 'how to make the character’s shape fit (default: pad)'),
  option('background', 'colour', 'the colour for borders and transparent areas (default: #ffffff)', colour),
]

/** About one character only. */
export const cropOption = (): Option =>
  option('crop', 'x,y,w,h', 'the part of the character to keep, as fractions (default: all)', frame)

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
