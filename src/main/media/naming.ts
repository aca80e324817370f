import { basename } from 'node:path'
import { visibleText } from '../../shared/text/visible-text.ts'

const longest = 80

/** A file's name as a sentence can carry it: control characters and endless names would garble the line. */
export function nameOf(path: string): string {
  const name = visibleText(basename(path)).replaceAll(/\s/g, ' ')
  return name.length <= longest ? name : `${name.slice(0, longest - 20)}…${name.slice(-19)}`
}
