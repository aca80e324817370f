import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PreparedView } from '../../shared/domain/views.ts'
import { cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import { namedFileIdentity } from '../files/file-identity.ts'
import { makeFolder } from '../files/durable.ts'
import { type FileTokens, randomToken } from '../files/file-tokens.ts'
import { createSerialQueue } from '../system/scheduling.ts'
import type { Call, Inputs, Workshop } from './types.ts'
import { doing, previewFolderNotCreated } from './problems.ts'

/** Prepared files to preview before anything is paid. They are never sent. */
export type Previews = {
  /** Prepares the files; the same inputs are answered from the cache. */
  readonly make: (inputs: Inputs, call?: Call) => Promise<Outcome<PreparedView>>
  /** Deletes what was prepared; it is prepared again when it is asked for. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

type Parts = {
  readonly workshop: Pick<Workshop, 'prepare'>
  readonly fileTokens: Pick<FileTokens, 'serveUrl'>
  /** Used for nothing else: everything in it is deleted at the start and at the end. */
  readonly folder: string
}

/** The window only shows one. */
const maxKeptPreviews = 3

type Made = { readonly key: string; readonly folder: string; readonly view: PreparedView }

/** A path and the state of its file; null for a file that cannot be read, which is never cached. */
const identityOf = async (path: string | null): Promise<string | null> =>
  path === null ? '' : namedFileIdentity(path).catch(() => null)

async function keyOf({ character, clip, window, settings }: Inputs): Promise<string | null> {
  const identities = await Promise.all([identityOf(character), identityOf(clip)])
  return identities.includes(null) ? null : JSON.stringify([identities, window, settings])
}

function withoutPath<T extends { readonly path: string }>({ path: _path, ...facts }: T): Omit<T, 'path'> {
  return facts
}

export function createPreviews({ workshop, fileTokens, folder }: Parts): Previews {
  const inTurn = createSerialQueue()
  let made: readonly Made[] = []
  const removeAll = () => rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  const swept = removeAll()

  async function prepare(inputs: Inputs, into: string, call: Call): Promise<Outcome<PreparedView>> {
    const commands: string[] = []
    const prepared = await workshop.prepare(inputs, into, {
      ...call,
      onCommand: (line) => commands.push(line),
    })
    if (!prepared.ok) return prepared
    const { character, clip, checked, certificate } = prepared.value
    return ok({
      character: character && { picture: fileTokens.serveUrl(character.path), facts: withoutPath(character) },
      clip: clip && { media: fileTokens.serveUrl(clip.path), facts: withoutPath(clip) },
      plan: checked.report.plan,
      certificate,
      commands,
    })
  }

  async function keep(entry: Made): Promise<void> {
    const all = [entry, ...made]
    made = all.slice(0, maxKeptPreviews)
    await Promise.all(
      all.slice(maxKeptPreviews).map((old) => rm(old.folder, { recursive: true, force: true })),
    )
  }

  async function makeInTurn(inputs: Inputs, call: Call): Promise<Outcome<PreparedView>> {
    await swept
    if (call.signal?.aborted) return cancelled(doing.preparing)
    const key = await keyOf(inputs)
    const known = made.find((entry) => entry.key === key)
    if (known) return ok(known.view)
    const into = join(folder, randomToken())
    try {
      makeFolder(into, 0o700)
    } catch (error) {
      return previewFolderNotCreated(error)
    }
    const view = await prepare(inputs, into, call).catch(async (error: unknown) => {
      await rm(into, { recursive: true, force: true })
      throw error
    })
    // A file that changed while it was read no longer matches the key.
    if (view.ok && key !== null && key === (await keyOf(inputs)))
      await keep({ key, folder: into, view: view.value })
    else if (view.ok) await keep({ key: '', folder: into, view: view.value })
    else await rm(into, { recursive: true, force: true })
    return view
  }

  const clear = async () => {
    await inTurn(async () => {
      made = []
      await removeAll()
    })
  }

  return {
    make: (inputs, call = {}) => inTurn(() => makeInTurn(inputs, call)),
    clear,
    close: clear,
  }
}
