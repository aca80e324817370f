import { basename, dirname } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { SavedKind } from '../../shared/settings-calls.ts'
import type { SavedFile } from '../../shared/domain/views.ts'
import { freeName, startFolder, suggestedName, type Saved } from '../core/save-suggestion.ts'
import type { Studio } from '../core/studio.ts'
import type { FileTokens, Tokens } from '../files/file-tokens.ts'
import { noLongerShown, writeProblem } from '../files/problems.ts'
import { writeNewWhole } from '../files/write-whole.ts'
import type { Handlers } from './dispatch.ts'
import type { FaceServices } from './face-services.ts'
import type { Inside } from './settings-handlers.ts'

type SaveCalls =
  | 'result:save'
  | 'still:save'
  | 'library:contact-sheet'
  | 'take:support-pack'
  | 'diagnostics:save'
  | 'save:suggest'
  | 'saved:reveal'

type SaveParts = {
  readonly studio: Studio
  readonly fileTokens: FileTokens
  readonly face: FaceServices
  readonly inside: Inside
  /** Every file that was saved: only these can be shown, and a window never names a path. */
  readonly saved: Tokens
}

type Chosen = { readonly folder: string | null; readonly name: string | null }

/** Saving results, stills and diagnostics where the user wants them: a free name in the folder of the last time. */
export function saveHandlers(parts: SaveParts): Pick<Handlers, SaveCalls> {
  const { studio, fileTokens, face, inside, saved: shown } = parts
  const { takes, catalogue, settings } = studio

  const savedTake = (id: string): Outcome<Saved> => {
    const take = takes.show(id)
    if (!take.ok) return take
    const number = catalogue.page([id])[0]?.marks.number ?? null
    return ok({ take: take.value, number })
  }

  async function suggest(what: SavedKind, saved: Saved | null) {
    const known = settings.read()
    const start = await startFolder(known, face.downloads())
    const name = suggestedName(what, saved, known.resultName, inside.now())
    return { start, name: await freeName(start, name) }
  }

  async function choose(what: SavedKind, saved: Saved | null, chosen: Chosen) {
    const { start, name } = await suggest(what, saved)
    const kind = what === 'marked' ? 'result' : what
    return face.chooseSaveTarget({ what: kind, suggestedName: name, start, ...chosen })
  }

  /** The folder of what was saved is where the next one starts. */
  function told(path: string): Outcome<SavedFile> {
    const folder = dirname(path)
    if (settings.read().lastSaveFolder !== folder) settings.change({ lastSaveFolder: folder })
    return ok({ name: basename(path), folder, saved: shown.tokenOf(path) })
  }

  return {
    'save:suggest': async ({ what, take }) => {
      const saved = take === null ? ok(null) : savedTake(take)
      if (!saved.ok) return saved
      const { start, name } = await suggest(what, saved.value)
      return ok({ name, folder: start === null ? null : await face.folderToken(start) })
    },
    'saved:reveal': ({ saved }) => {
      const path = shown.pathOf(saved)
      return path === undefined ? Promise.resolve(noLongerShown) : face.reveal(path)
    },
    'result:save': async ({ take, marked, ...chosen }) => {
      const saved = savedTake(take)
      if (!saved.ok) return saved
      const target = await choose(marked ? 'marked' : 'result', saved.value, chosen)
      if (!target.ok || target.value === null) return target.ok ? ok(null) : target
      const written = await takes.exportResult(take, target.value, marked ? 'marked' : 'result')
      return written.ok ? told(written.value.path) : written
    },
    'still:save': async ({ take, picture, ...chosen }) => {
      const path = fileTokens.path(picture)
      if (!path.ok) return path
      const saved = savedTake(take)
      if (!saved.ok) return saved
      const written = await studio.stills.save(path.value, () => choose('still', saved.value, chosen))
      if (!written.ok || written.value === null) return written.ok ? ok(null) : written
      return told(written.value)
    },
    'library:contact-sheet': async ({ takes: ids, ...chosen }, call) => {
      const target = await choose('contact-sheet', null, chosen)
      if (!target.ok || target.value === null) return target.ok ? ok(null) : target
      const written = await takes.contactSheet(ids, target.value, call)
      return written.ok ? told(written.value.path) : written
    },
    'take:support-pack': async ({ take, ...chosen }, call) => {
      const saved = savedTake(take)
      if (!saved.ok) return saved
      const target = await choose('support-pack', saved.value, chosen)
      if (!target.ok || target.value === null) return target.ok ? ok(null) : target
      const written = await takes.supportPack(take, target.value, call)
      return written.ok ? told(written.value.path) : written
    },
    'diagnostics:save': async (chosen) => {
      const content = await inside.diagnostics()
      const target = await choose('diagnostics', null, chosen)
      if (!target.ok || target.value === null) return target.ok ? ok(null) : target
      try {
        await writeNewWhole(target.value, content)
      } catch (error) {
        return writeProblem(error, target.value)
      }
      return told(target.value)
    },
  }
}
