import { extname } from 'node:path'

/** A name with the extension of what is saved: without it, it would not open by a double click. A dot is not yet one. */
export const withExtension = (name: string, like: string): string =>
  extname(name).toLowerCase() === extname(like).toLowerCase() ? name : name + extname(like)
