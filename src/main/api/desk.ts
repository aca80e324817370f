import type { Desk } from '../prepare/desk.ts'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ok } from '../../shared/outcome.ts'
import type { FileRef } from '../../shared/domain/views.ts'
import type { Handlers } from './dispatch.ts'
import type { FileTokens } from '../files/file-tokens.ts'

type Opened = { readonly file: FileRef | null; readonly missing: readonly string[] }

async function openAgain(fileTokens: FileTokens, path: string | null): Promise<Opened> {
  if (path === null) return { file: null, missing: [] }
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  const file = isThere ? await fileTokens.register(path) : null
  return file?.ok === true ? { file: file.value, missing: [] } : { file: null, missing: [basename(path)] }
}

/** `startsEmpty`: the first window of this start shows nothing. A reload later on brings back what is open. */
export function deskHandlers(
  desk: Desk,
  fileTokens: FileTokens,
  startsEmpty: () => boolean,
): Pick<Handlers, 'desk:read' | 'desk:keep'> {
  let isFirst = true
  return {
    'desk:read': async () => {
      if (isFirst && startsEmpty()) desk.clear()
      isFirst = false
      const found = desk.read()
      if (found === null) return ok(null)
      const { character: characterPath, clip: clipPath, ...rest } = found
      const character = await openAgain(fileTokens, characterPath)
      const clip = await openAgain(fileTokens, clipPath)
      return ok({
        ...rest,
        character: character.file,
        clip: clip.file,
        missing: [...character.missing, ...clip.missing],
      })
    },
    'desk:keep': ({ character, clip, ...rest }) => {
      const before = desk.read()
      // A window that is older than this core uses outdated tokens. What they stood for is kept.
      const pathOf = (token: string | null, known: string | null) => {
        if (token === null) return null
        const found = fileTokens.path(token)
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
