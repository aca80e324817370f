import { InvalidArgumentError, Option } from 'commander'
import { templateProblem } from '../../shared/name-template.ts'
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

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)$/

export const seconds =
  (smallest: 'any' | 'zero' | 'above zero'): Read =>
  (text, name) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN
    if (!Number.isFinite(value)) return wrong(`--${name} takes seconds, such as 1.5, not “${text}”.`)
    if (smallest === 'zero' && value < 0) return wrong(`--${name} cannot be negative.`)
    if (smallest === 'above zero' && value <= 0) return wrong(`--${name} must be more than 0 seconds.`)
    if (Math.abs(value) > 86_400) return wrong(`--${name} is at most 86400 seconds.`)
    return value
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
