import type { Problem } from '../../shared/outcome.ts'
import { visibleJson, visibleText } from '../../shared/text/visible-text.ts'

export type Printer = {
  readonly json: boolean
  /** True where a person watches standard output. */
  readonly terminal: boolean
  /** A line for people, on standard output; kept back where JSON was asked for. */
  readonly line: (text: string) => void
  /** A value for programs; printed only where JSON was asked for. */
  readonly value: (value: unknown) => void
  /** A message, on standard error. */
  readonly note: (text: string) => void
  readonly problem: (problem: Problem) => void
}

type Streams = {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly isTTY: boolean
}

/** File names and providers' words may hold escape sequences that a terminal would obey. */
export const plain = (text: string) => visibleText(text).replaceAll('\t', '')

export function createPrinter({ stdout, stderr, isTTY }: Streams, json: boolean): Printer {
  const note = (text: string) => {
    stderr(`${plain(text)}\n`)
  }
  return {
    json,
    terminal: isTTY && !json,
    line: (text) => {
      if (!json) stdout(`${plain(text)}\n`)
    },
    value: (value) => {
      if (json) stdout(`${visibleJson(value)}\n`)
    },
    note,
    problem: ({ message, advice, detail }) => {
      note(advice === undefined ? message : `${message} ${advice}`)
      if (detail !== undefined) note(detail.replace(/^/gm, '  '))
    },
  }
}
