import { existsSync, readdirSync, readlinkSync } from 'node:fs'

/** Only Linux shows a process its own open files like this. */
export const showsOpenFiles = existsSync('/proc/self/fd')

/** The paths of all files that this process has open. */
export const openFiles = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      // Closed since it was listed, as the listing itself is.
      return []
    }
  })
