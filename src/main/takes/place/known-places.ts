import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeJsonSync } from '../../files/write-whole.ts'
import type { Log } from '../../system/ports.ts'
import { knownSchema, type Known } from './place.ts'

/** What this computer remembers about its libraries, in a folder that is not part of any library. */
export type KnownPlaces = {
  readonly read: (library: string) => Known | null
  /** If this can’t be written, a copy on this computer is still recognised by its file. */
  readonly write: (library: string, known: Known) => void
}

export function createKnownPlaces(folder: string, log: Log): KnownPlaces {
  const fileOf = (library: string) => join(folder, `${library}.json`)
  return {
    read: (library) => {
      try {
        return knownSchema.parse(JSON.parse(readFileSync(fileOf(library), 'utf8')))
      } catch {
        return null
      }
    },
    write: (library, known) => {
      try {
        writeJsonSync(fileOf(library), known, { durable: true })
      } catch (error) {
        log('the place of the library couldn’t be recorded outside of it', { error })
      }
    },
  }
}
