import type { Log } from './ports.ts'

const words = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** One entry with the take it concerns and what was thrown; the user's folder is written as `~`. */
export const createLog =
  (write: (text: string) => void, userFolder: string): Log =>
  (line, about = {}) => {
    const take = about.take === undefined ? '' : ` [take ${about.take}]`
    const thrown = about.error === undefined ? '' : `: ${words(about.error)}`
    write(`${line}${take}${thrown}\n`.replaceAll(userFolder, '~'))
  }
