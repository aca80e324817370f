import { spriteSheet } from '../../../shared/domain/sprite.ts'
import type { MediaUrl } from '../../../shared/domain/views.ts'
import { cancelled, ok, type Failure, type Outcome, type ProblemCode } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import { createSharedRuns } from '../../clip-preview/shared-runs.ts'
import type { FileTokens } from '../../files/file-tokens.ts'
import { writeProblem } from '../../files/problems.ts'
import type { Media, Running } from '../../media/media.ts'
import type { Call } from '../../prepare/types.ts'
import type { Log } from '../../system/ports.ts'
import { createPrioritySemaphore } from '../../system/scheduling.ts'
import { makingPictures, noSuchMoment } from '../problems.ts'
import { takeFolder } from '../take-folder.ts'
import type { Library } from '../takes.ts'
import type { Takes } from '../types.ts'
import { videoMissing } from '../video-problems.ts'
import { forgetChoice, readPoster } from './kept-poster.ts'
import type { PosterStore } from './poster-store.ts'
import { resultStills, type FinishedTake } from './result-stills.ts'

export type TakePostersParts = {
  readonly library: Pick<Library, 'record' | 'wholeResult'>
  readonly folder: string
  readonly media: Pick<Media, 'inspect' | 'strip'>
  readonly fileTokens: Pick<FileTokens, 'serveUrl'>
  readonly store: PosterStore
  readonly log: Log
}

export type TakePosters = Pick<Takes, 'sprite' | 'choosePoster'> & {
  /** The poster of a finished take, made first where there is none; null where none can be made. */
  readonly poster: (id: string) => Promise<MediaUrl | null>
  /** The same as a file of the core. */
  readonly posterFile: (id: string) => Promise<string | null>
}

/** Says nothing about the result itself, so the next try may succeed. */
const passing: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['cancelled', 'tool-missing'])

const keyOf = ({ id, facts }: FinishedTake) => `${id}\0${facts.sha256}`

/** Posters and sprites of finished takes. What isn’t kept yet is made when it is first asked for. */
export function createTakePosters(parts: TakePostersParts): TakePosters {
  const { library, folder, fileTokens, store, log } = parts
  const shared = createSharedRuns()
  // One at a time, and what was asked for last comes first: it is what the user looks at now.
  const turns = createPrioritySemaphore(1)
  let asked = 0
  /** Results that gave no pictures in this run: nobody waits for the same failure twice. */
  const hopeless = new Map<string, Failure>()
  const posterless = new Set<string>()

  function finished(id: string): Outcome<FinishedTake> {
    const found = library.record(id)
    if (!found.ok) return found
    const { state, result } = found.value.attempt
    return state === 'DONE' && result !== null ? ok({ id, facts: result }) : videoMissing('result')
  }

  /** Shared by all who ask for the same, below everything else that works on this machine. */
  const inTurn = <T>(key: string, call: Call, work: (running: Running) => Promise<Outcome<T>>) =>
    shared(key, makingPictures, call, async ({ signal }) => {
      asked += 1
      const done = await turns.pass(-asked, signal, () => work({ signal, yields: true }))
      return done ?? cancelled(makingPictures)
    })

  /** Makes poster and sprite from one look at the result. Answers where the sprite is. */
  async function makeBoth(take: FinishedTake, call: Call): Promise<Outcome<string>> {
    const failed = hopeless.get(keyOf(take))
    if (failed) return failed
    const made = await inTurn(keyOf(take), call, async (running) => {
      const { times } = spriteSheet(take.facts)
      const near = take.facts.duration / times.length / 2
      const stills = await resultStills(parts, take, { times, near }, running)
      return stills.ok ? store.keepStills(take.id, take.facts, stills.value) : stills
    })
    if (!made.ok && !passing.has(made.problem.code)) {
      hopeless.set(keyOf(take), made)
      log('no pictures could be made of a result', { take: take.id, error: made.problem })
    }
    return made
  }

  const makeChosen = (take: FinishedTake, at: Seconds, call: Call) =>
    inTurn(`${keyOf(take)}\0${String(at)}`, call, async (running): Promise<Outcome<null>> => {
      const { frameRate, duration } = take.facts
      const frame = 1 / Math.max(1, frameRate)
      const times = [Math.max(0, Math.min(at, duration - frame))]
      const stills = await resultStills(parts, take, { times, near: frame }, running)
      if (!stills.ok) return stills
      try {
        await store.keepChosen(take.id, take.facts, stills.value, at)
        return ok(null)
      } catch (error) {
        return writeProblem(error, 'poster.webp')
      }
    })

  async function renewPoster(take: FinishedTake): Promise<Outcome<unknown>> {
    const { posterAt } = await readPoster(takeFolder(folder, take.id).folder)
    return posterAt === null ? makeBoth(take, {}) : makeChosen(take, posterAt, {})
  }

  async function posterOf(take: FinishedTake): ReturnType<PosterStore['poster']> {
    const key = keyOf(take)
    const kept = await store.poster(take.id, take.facts)
    if (kept !== null || posterless.has(key)) return kept
    const made = await renewPoster(take)
    const poster = await store.poster(take.id, take.facts)
    if (poster === null && (made.ok || !passing.has(made.problem.code))) posterless.add(key)
    return poster
  }

  return {
    poster: async (id) => {
      const take = finished(id)
      const kept = take.ok ? await posterOf(take.value) : null
      if (!take.ok || kept === null) return null
      // A window keeps a picture by its address, and the poster of a take may change.
      const version = `${take.value.facts.sha256.slice(0, 8)}-${String(kept.at)}`
      return `${fileTokens.serveUrl(kept.path)}?${version}`
    },
    posterFile: async (id) => {
      const take = finished(id)
      return take.ok ? ((await posterOf(take.value))?.path ?? null) : null
    },
    sprite: async (id, call = {}) => {
      const take = finished(id)
      if (!take.ok) return take
      const { facts } = take.value
      const kept = await store.sprite(facts)
      const path = kept === null ? await makeBoth(take.value, call) : ok(kept)
      return path.ok ? ok({ ...spriteSheet(facts), media: fileTokens.serveUrl(path.value) }) : path
    },
    choosePoster: async (id, at, call = {}) => {
      const take = finished(id)
      if (!take.ok) return take
      const { duration } = take.value.facts
      if (at !== null && at > duration) return noSuchMoment(duration)
      posterless.delete(keyOf(take.value))
      if (at !== null) return makeChosen(take.value, at, call)
      try {
        await forgetChoice(takeFolder(folder, id).folder)
        return ok(null)
      } catch (error) {
        return writeProblem(error, 'poster.json')
      }
    },
  }
}
