import { readFileSync, rmSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { ok } from '../../shared/outcome.ts'
import { clipWindow, takeId, takeSettings } from '../../shared/domain/take.ts'
import type { FileRef } from '../../shared/domain/views.ts'
import type { Handlers } from './dispatch.ts'
import type { Shelf } from '../files/file-tokens.ts'
import { writeSmallFile } from '../files/small-file.ts'
import type { Log } from '../system/ports.ts'

const path = z.string().max(4096).refine(isAbsolute).nullable()
const kept = z.strictObject({
  character: path,
  clip: path,
  window: clipWindow,
  /** Null where an older build wrote settings that this one does not understand. */
  settings: takeSettings.nullable().catch(null),
  openTake: takeId.nullable().catch(null),
})
export type KeptDesk = z.infer<typeof kept>

/** What is open in the window, for the next start; files are kept as paths on this side only. */
export type Desk = {
  /** Null where nothing was kept, or nothing that is understood. */
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
        writeSmallFile(file, desk)
      } catch (error) {
        log('what is open could not be kept for the next start', { error })
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

type Opened = { readonly file: FileRef | null; readonly missing: readonly string[] }

async function openAgain(shelf: Shelf, path: string | null): Promise<Opened> {
  if (path === null) return { file: null, missing: [] }
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  const file = isThere ? await shelf.adopt(path) : null
  return file?.ok === true ? { file: file.value, missing: [] } : { file: null, missing: [basename(path)] }
}

export function deskHandlers(desk: Desk, shelf: Shelf): Pick<Handlers, 'desk:read' | 'desk:keep'> {
  return {
    'desk:read': async () => {
      const found = desk.read()
      if (found === null) return ok(null)
      const { window, settings, openTake } = found
      const character = await openAgain(shelf, found.character)
      const clip = await openAgain(shelf, found.clip)
      return ok({
        character: character.file,
        clip: clip.file,
        missing: [...character.missing, ...clip.missing],
        ...{ window, settings, openTake },
      })
    },
    'desk:keep': ({ character, clip, ...rest }) => {
      const before = desk.read()
      // A window that outlived its core asks by names of before: what those stood for is kept.
      const pathOf = (token: string | null, known: string | null) => {
        if (token === null) return null
        const found = shelf.path(token)
        return found.ok ? found.value : known
      }
      desk.keep({
        ...rest,
        character: pathOf(character, before?.character ?? null),
        clip: pathOf(clip, before?.clip ?? null),
      })
      return Promise.resolve(ok(null))
    },
  }
}
