import { type CoreParts, joinStudio } from '../core/open-studio.ts'
import { type FileTokens, createFileTokens } from '../files/file-tokens.ts'
import type { FaceServices } from './face-services.ts'
import type { EventName } from '../../shared/contract.ts'
import type { Studio } from '../core/studio.ts'
import { type Dispatch, createDispatch } from './dispatch.ts'
import { type Outcome, ok } from '../../shared/outcome.ts'
import { join } from 'node:path'
import { createHandlers } from './handlers.ts'
import { oldToolsProblem, thisSystem } from '../media/tools/advice.ts'
import { visibleIn } from '../../shared/text/visible-text.ts'
import { createInside } from './settings-handlers.ts'

type FaceParts = CoreParts & {
  /** The folder of the program: a checkout, or the app. */
  readonly root: string
  /** The address before a media token: `media://local/` or `/media/`. */
  readonly mediaBase: string
  readonly face: (fileTokens: FileTokens) => FaceServices
  readonly announce: (name: EventName, payload: unknown) => void
}

export type Core = {
  readonly studio: Studio
  readonly fileTokens: FileTokens
  readonly dispatch: Dispatch
  readonly close: () => Promise<void>
}

/** The core behind a window: one entry for every call, every change announced, open takes resumed. */
export async function openCore(parts: FaceParts): Promise<Outcome<Core>> {
  const fileTokens = createFileTokens({ mediaBase: parts.mediaBase })
  const joined = await joinStudio(parts, fileTokens)
  if (!joined.ok) return joined
  const { studio, findTools } = joined.value
  const tools = await findTools()
  const oldTools = oldToolsProblem(tools, thisSystem())
  if (oldTools !== null) parts.log(`${oldTools.message} ${oldTools.advice ?? ''}`)
  const sample = {
    character: join(parts.resources, 'sample', 'character.png'),
    clip: join(parts.resources, 'sample', 'clip.mp4'),
  }
  const face = parts.face(fileTokens)
  const handlers = createHandlers({
    studio,
    fileTokens,
    sample,
    inside: createInside(parts, studio, face),
    mediaTools: tools.ffmpeg !== null && tools.ffprobe !== null,
    oldTools,
    face,
  })
  const announce: FaceParts['announce'] = (name, payload) => {
    parts.announce(name, visibleIn(payload))
  }
  const dispatch = createDispatch({
    handlers,
    announceProgress: (progress) => {
      announce('call:progress', progress)
    },
    log: parts.log,
  })
  studio.takes.subscribe((take) => {
    announce('take:changed', take)
  })
  studio.takes.onQueueChanged((queue) => {
    announce('take-queue:changed', queue)
  })
  studio.takes.onTrashed((ids) => {
    announce('takes:trashed', ids)
  })
  studio.catalogue.subscribe((change) => {
    if (change.what === 'marks') announce('marks:changed', change.marks)
    else announce('boards:changed', change.boards)
  })
  studio.settings.subscribe((settings) => {
    announce('settings:changed', settings)
  })
  studio.accounts.subscribe((accounts) => {
    announce('accounts:changed', accounts)
  })
  studio.queue.subscribe((queue) => {
    announce('queue:changed', queue)
  })
  studio.takes.resume()
  studio.queue.start()
  const { trashDays } = studio.settings.read()
  if (trashDays !== null) void studio.takes.emptyOldTrash(trashDays)
  return ok({
    studio,
    fileTokens,
    dispatch,
    close: async () => {
      dispatch.cancelAll()
      await studio.close()
    },
  })
}
