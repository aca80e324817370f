import type { ResultFacts } from '../../../shared/domain/media.ts'
import { spriteSheet } from '../../../shared/domain/sprite.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Fraction, Seconds } from '../../../shared/units.ts'
import { createKeptFiles, sprites, type Kind } from '../../clip-preview/kept-files.ts'
import { writeProblem } from '../../files/problems.ts'
import { writeWhole } from '../../files/write-whole.ts'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import type { Clock, Log } from '../../system/ports.ts'
import { takeFolder } from '../take-folder.ts'
import { keepPoster, posterOf, readPoster } from './kept-poster.ts'

/** Stills this close to the start or the end are no posters: the first frame is the character as it was sent. */
const margin: Fraction = 0.1

/** How sprites of this version are drawn, and which of a result they are. */
const identityOf = ({ sha256 }: Pick<ResultFacts, 'sha256'>) => `sprite 1\0${sha256}`

type StoreParts = {
  readonly library: string
  /** The folder of what can be made again. */
  readonly cache: string
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly limits?: Kind
}

/** Posters beside their takes, and sprites in a bounded folder that can be deleted at any time. */
export type PosterStore = ReturnType<typeof createPosterStore>

export function createPosterStore({ library, cache, clock, log, limits = sprites }: StoreParts) {
  const kept = createKeptFiles(cache, limits, clock.now)
  async function keepBest(take: string, result: ResultFacts, stills: readonly Uint8Array[]): Promise<void> {
    const { folder } = takeFolder(library, take)
    const { posterAt } = await readPoster(folder)
    // The user’s own choice is no still of these.
    if (posterAt !== null) return
    const { times } = spriteSheet(result)
    const first = Math.ceil(margin * stills.length)
    const { picture, nth } = await doPictureWork('drawPoster', [stills.slice(first, stills.length - first)])
    const at = times[first + nth] ?? 0
    await keepPoster(folder, { posterAt, made: { sha256: result.sha256, at }, picture })
  }

  return {
    poster: (take: string, { sha256 }: ResultFacts) => posterOf(takeFolder(library, take).folder, sha256),
    sprite: (result: ResultFacts) => kept.find(identityOf(result)),
    /** Makes poster and sprite of stills from the middles of its equal parts. A poster that can’t be kept is only logged. */
    keepStills: async (
      take: string,
      result: ResultFacts,
      stills: readonly Uint8Array[],
    ): Promise<Outcome<string>> => {
      await keepBest(take, result, stills).catch((error: unknown) => {
        log('the poster wasn’t kept', { take, error })
      })
      return kept.of(identityOf(result), async (target) => {
        try {
          const { columns, rows, cell } = spriteSheet(result)
          const sprite = await doPictureWork('drawSprite', [stills, { columns, rows, cell }])
          await writeWhole(target, sprite)
          return ok(null)
        } catch (error) {
          return writeProblem(error, target)
        }
      })
    },
    /** Throws as the file system does. */
    keepChosen: async (
      take: string,
      { sha256 }: ResultFacts,
      stills: readonly Uint8Array[],
      at: Seconds,
    ): Promise<void> => {
      const { picture } = await doPictureWork('drawPoster', [stills])
      await keepPoster(takeFolder(library, take).folder, { posterAt: at, made: { sha256, at }, picture })
    },
  }
}
