import { InvalidArgumentError, Option } from 'commander'
import { readClockTime } from '../../shared/text/clock-time.ts'
import { templateProblem } from '../../shared/domain/batch.ts'
import type { Seconds } from '../../shared/units.ts'
import { isLoopbackHost } from '../network/addresses.ts'

type Read = (text: string, name: string) => unknown

const wrong = (sentence: string): never => {
  throw new InvalidArgumentError(sentence)
}

const asGiven: Read = (text, name) => (text === '' ? wrong(`--${name} needs a value.`) : text)

/** An option with a value that may be given once. */
export function option(name: string, value: string, help: string, read: Read = asGiven): Option {
  return new Option(`--${name} <${value}>`, help).argParser((text: string, before: unknown) =>
    before === undefined ? read(text, name) : wrong(`--${name} was given twice.`),
  )
}

/** An option whose value is one of a few words. */
export function wordOption(name: string, words: readonly string[], help: string): Option {
  return option(name, words.join('|'), help, (text) =>
    words.includes(text) ? text : wrong(`--${name} is ${words.join(' or ')}, not “${text}”.`),
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
  if (typed.ok) return typed.time <= mostSeconds ? typed.time : wrong(`--${name} is at most 86400 seconds.`)
  if (typed.message !== null) return wrong(`--${name}: ${typed.message}`)
  return wrong(`--${name} takes seconds (2.5), a time (0:02.5) or frames (75f), not “${text}”.`)
}

const negative = (time: AskedTime): AskedTime => (typeof time === 'number' ? -time : { frames: -time.frames })

/** `2.5`, `2,5`, `0:02.5`, `00:00:02.5` or `75f`; with a sign where it may be negative. */
export const time =
  (smallest: 'any' | 'zero' | 'above zero'): Read =>
  (text, name) => {
    const sign = /^\s*([+\-\u2212]?)/.exec(text)?.[1] ?? ''
    const value = readTime(text.trim().slice(sign.length), name)
    if (sign !== '' && sign !== '+' && smallest === 'any') return negative(value)
    if (sign !== '' && sign !== '+') return wrong(`--${name} cannot be negative.`)
    const isNothing = value === 0 || (typeof value === 'object' && value.frames === 0)
    return smallest === 'above zero' && isNothing ? wrong(`--${name} must be more than 0.`) : value
  }

/** An https address, or http where the traffic never leaves this machine. */
export const webAddress: Read = (text, name) => {
  if (!URL.canParse(text)) return wrong(`--${name} takes a web address, such as https://example.com.`)
  const url = new URL(text)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!secure) return wrong(`--${name} takes https, or http on a loopback address only.`)
  if (url.username !== '' || url.password !== '')
    return wrong(`--${name} takes no user name or password in the address.`)
  return url.href
}

/** Scheme, host and port: the paths behind it belong to the provider. */
export const baseAddress: Read = (text, name) => {
  const url = new URL(String(webAddress(text, name)))
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return wrong(`--${name} takes scheme, host and port only, such as ${url.origin}.`)
  return url.origin
}
