import type { MediaKind } from '../../shared/domain/media.ts'
import type { MediaUrl } from '../../shared/domain/views.ts'
import { cancelled, ok } from '../../shared/outcome.ts'
import type { Pixels } from '../../shared/units.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { writeProblem } from '../files/problems.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { Media } from '../media/media.ts'
import { doing } from '../media/problems.ts'
import type { Call } from '../prepare/types.ts'
import { createSerialQueue, runInTurn } from '../system/scheduling.ts'
import type { Clock } from '../system/ports.ts'
import { createKeptFiles, thumbnails } from './kept-files.ts'
import { identityOf, type createSharedRuns } from './shared-runs.ts'

/** Small pictures of files that are offered, made when they are first shown. */
export type Thumbnails = {
  /** null where the file is gone or no picture of it can be made: a list is no place for a problem. */
  readonly of: (path: string, kind: MediaKind, call?: Call) => Promise<MediaUrl | null>
  /** Deletes them all, after those that are being made. */
  readonly clear: () => Promise<void>
}

type Parts = {
  readonly media: Pick<Media, 'inspect' | 'picture'>
  readonly fileTokens: Pick<FileTokens, 'serveUrl'>
  readonly clock: Pick<Clock, 'now'>
  readonly folder: string
  readonly share: ReturnType<typeof createSharedRuns>
}

/** Twice the height of a line with a picture, and enough for a fine display. */
const side: Pixels = 128

export function createThumbnails({ media, fileTokens, clock, folder, share }: Parts): Thumbnails {
  const kept = createKeptFiles(folder, thumbnails, clock.now)
  /** One file after the other: nobody waits for these pictures, and other work needs the processor. */
  const inTurn = createSerialQueue()
  return {
    of: async (path, kind, call = {}) => {
      const identity = await identityOf(path)
      if (!identity.ok) return null
      const key = `thumbnail\0${kind}\0${identity.value}`
      const what = doing.makingThumbnails(path)
      const made = await share(key, what, call, (running) =>
        runInTurn(
          inTurn,
          running.signal,
          () => cancelled(what),
          () =>
            kept.of(key, async (target) => {
              const facts = await media.inspect(path, running, kind)
              const picture = facts.ok ? await media.picture(path, facts.value, side, running) : facts
              if (!picture.ok) return picture
              try {
                await writeWhole(target, picture.value)
                return ok(null)
              } catch (error) {
                return writeProblem(error, target)
              }
            }),
        ),
      )
      return made.ok ? fileTokens.serveUrl(made.value) : null
    },
    clear: () => inTurn(kept.clear),
  }
}
