import { basename } from 'node:path'

const longest = 80

/** A file's name as a sentence can carry it: control characters and endless names would garble the line. */
export function nameOf(path: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters to remove
  const name = basename(path).replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/g, ' ')
  return name.length <= longest ? name : `${name.slice(0, longest - 20)}…${name.slice(-19)}`
}
