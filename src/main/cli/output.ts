import type { Problem } from '../../shared/outcome.ts'
import { visibleJson, visibleText } from '../../shared/text/visible-text.ts'
import type { Fraction } from '../../shared/units.ts'

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

/** Columns as wide as their widest cell, two spaces apart; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

/** Turns a stream of fractions into one line for every ten percent. */
export function tensOf(tell: (text: string) => void): (fraction: Fraction | null) => void {
  let told = 0
  return (fraction) => {
    const tens = Math.floor((fraction ?? 0) * 10)
    if (tens <= told) return
    told = tens
    tell(`${tens * 10}%`)
  }
}
