import { z } from 'zod'
import { isAbsolute, join } from 'node:path'
import { keptWindow } from '../../shared/domain/desk.ts'
import type { Log } from '../system/ports.ts'
import { readFileSync, rmSync } from 'node:fs'
import { writeJsonSync } from '../files/write-whole.ts'

const path = z.string().max(4096).refine(isAbsolute).nullable()

const kept = keptWindow.extend({ character: path, clip: path })

type KeptDesk = z.infer<typeof kept>

/** What is open in the window, saved for the next start; only the main process sees paths. */
export type Desk = {
  /** null where nothing was saved, or it cannot be understood. */
  readonly read: () => KeptDesk | null
  readonly keep: (desk: KeptDesk) => void
  /** Nothing is open at the next start. */
  readonly clear: () => void
  /** The files that are open. */
  readonly files: () => readonly string[]
}

export function createDesk({ home, log }: { readonly home: string; readonly log: Log }): Desk {
  const file = join(home, 'desk.json')
  const read = (): KeptDesk | null => {
    try {
      return kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null
    } catch {
      return null
    }
  }
  return {
    read,
    keep: (desk) => {
      try {
        writeJsonSync(file, desk)
      } catch (error) {
        log('the open files couldn’t be saved for the next start', { error })
      }
    },
    clear: () => {
      rmSync(file, { force: true })
    },
    files: () => {
      const desk = read()
      return [desk?.character, desk?.clip].filter((one) => one !== null && one !== undefined)
    },
  }
}
