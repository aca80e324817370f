import { type CoreParts, joinStudio } from '../core/open-studio.ts'
import { type FileTokens, type Tokens, createFileTokens, createTokens } from '../files/file-tokens.ts'
import type { FaceServices } from './face-services.ts'
import type { EventName } from '../../shared/contract.ts'
import type { HandedOver, Studio } from '../core/studio.ts'
import type { Take } from '../../shared/domain/take.ts'
import { type Dispatch, type Handlers, createDispatch } from './dispatch.ts'
import { createGate, type Gate } from './gate.ts'
import { createMover, type MoveCalls } from './move-handlers.ts'
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
  /** The library is closed, and opens in this folder from now on. */
  readonly onMoved: (to: string) => void
}

export type Core = {
  /** The one that is open now: after a move of the library that failed it is another. */
  readonly studio: Studio
  readonly fileTokens: FileTokens
  readonly dispatch: Dispatch
  /** For what faces ask of the library past the dispatch. */
  readonly admit: Gate['admit']
  readonly onTake: (listener: (take: Take) => void) => void
  readonly close: () => Promise<void>
}

type Opening = {
  readonly parts: FaceParts
  readonly face: FaceServices
  readonly fileTokens: FileTokens
  readonly saved: Tokens
  readonly announce: FaceParts['announce']
  readonly onTake: (take: Take) => void
  /** Of the studio before this one, which was stopped. */
  readonly opened?: HandedOver
}

type Session = {
  readonly studio: Studio
  readonly handlers: Omit<Handlers, MoveCalls>
  /** Resolves when what was begun here has ended. */
  readonly tidied: Promise<unknown>
}

/** Opens a studio with every change announced and open takes resumed. */
async function openSession(opening: Opening): Promise<Outcome<Session>> {
  const { parts, face, fileTokens, announce, opened } = opening
  const joined = await joinStudio({ ...parts, ...(opened && { opened }) }, fileTokens)
  if (!joined.ok) return joined
  const { studio, findTools } = joined.value
  const tools = await findTools()
  const oldTools = oldToolsProblem(tools, thisSystem())
  if (oldTools !== null) parts.log(`${oldTools.message} ${oldTools.advice ?? ''}`)
  const sample = {
    character: join(parts.resources, 'sample', 'character.png'),
    clip: join(parts.resources, 'sample', 'clip.mp4'),
  }
  const handlers = createHandlers({
    studio,
    fileTokens,
    sample,
    inside: createInside(parts, studio, face),
    mediaTools: tools.ffmpeg !== null && tools.ffprobe !== null,
    oldTools,
    face,
    saved: opening.saved,
    isFirst: opened === undefined,
  })
  studio.takes.subscribe((take) => {
    announce('take:changed', take)
    opening.onTake(take)
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
  const tidied = trashDays === null ? Promise.resolve() : studio.takes.emptyOldTrash(trashDays)
  return ok({ studio, handlers, tidied })
}

/** The core behind a window: one entry for every call, every change announced, open takes resumed. */
export async function openCore(parts: FaceParts): Promise<Outcome<Core>> {
  const fileTokens = createFileTokens({ mediaBase: parts.mediaBase })
  const face = parts.face(fileTokens)
  const announce: FaceParts['announce'] = (name, payload) => {
    parts.announce(name, visibleIn(payload))
  }
  const listeners = new Set<(take: Take) => void>()
  const onTake = (take: Take) => {
    for (const listener of listeners) listener(take)
  }
  const opening = { parts, face, fileTokens, saved: createTokens('s_'), announce, onTake }
  const first = await openSession(opening)
  if (!first.ok) return first
  let session = first.value
  const gate = createGate()
  const mover = createMover({
    home: parts.home,
    face,
    gate,
    studio: () => session.studio,
    tidied: () => session.tidied,
    reopen: async () => {
      const next = await openSession({ ...opening, opened: session.studio.handOver() })
      if (next.ok) {
        session = next.value
        handlers = { ...session.handlers, ...mover.handlers }
      }
      return next
    },
    announce,
    onMoved: parts.onMoved,
  })
  let handlers: Handlers = { ...session.handlers, ...mover.handlers }
  const dispatch = createDispatch({
    handlers: () => handlers,
    gate,
    announceProgress: (progress) => {
      announce('call:progress', progress)
    },
    log: parts.log,
  })
  return ok({
    get studio() {
      return session.studio
    },
    fileTokens,
    dispatch,
    admit: gate.admit,
    onTake: (listener) => {
      listeners.add(listener)
    },
    close: async () => {
      dispatch.cancelAll()
      await mover.close()
      await session.studio.close()
    },
  })
}
