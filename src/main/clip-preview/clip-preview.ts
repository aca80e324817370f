import type { ClipFacts, Scan, Waveform } from '../../shared/domain/media.ts'
import type { MediaUrl, SpeedSound } from '../../shared/domain/views.ts'
import { cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { LRUCache } from 'lru-cache'
import type { Media, Running } from '../media/media.ts'
import { stillPicture } from '../media/probe/problems.ts'
import { doing } from '../media/problems.ts'
import { soundDuration } from '../media/sound/picture-sound.ts'
import { createSerialQueue, runInTurn } from '../system/scheduling.ts'
import type { Clock } from '../system/ports.ts'
import type { Call } from '../prepare/types.ts'
import { createKeptFiles, proxies, sounds, sprites } from './kept-files.ts'
import { createFilmstrip, type Filmstrip } from './filmstrip.ts'
import { identityOf, createSharedRuns } from './shared-runs.ts'
import { createThumbnails, type Thumbnails } from './thumbnails.ts'

/**
 * Everything that a timeline shows of a clip. Computed once for each state of a file, then cached. Takes paths and
 * returns values.
 */
export type ClipPreview = {
  readonly frameTimes: (path: string, call?: Call) => Promise<Outcome<readonly Seconds[]>>
  readonly scan: (path: string, call?: Call) => Promise<Outcome<Scan>>
  /** The cached scan of this file; null where there is none. */
  readonly knownScan: (path: string) => Promise<Scan | null>
  readonly filmstrip: Filmstrip
  readonly waveform: (path: string, call?: Call) => Promise<Outcome<Waveform | null>>
  readonly playable: (path: string, call?: Call) => Promise<Outcome<{ readonly media: MediaUrl }>>
  /** Its sound as a WAV file at a speed from 0.1 to 2, from the first picture to the end of the last; null where there is none. */
  readonly sound: (path: string, speed: number, call?: Call) => Promise<Outcome<SpeedSound | null>>
  readonly thumbnails: Thumbnails
  /** Deletes the copies that no window may be reading. */
  readonly clear: () => Promise<void>
}

type ClipPreviewParts = {
  readonly media: Media
  readonly fileTokens: FileTokens
  readonly clock: Pick<Clock, 'now'>
  /** For proxies and sounds; created when first needed. */
  readonly folder: string
}

/** Peaks of a whole clip: more than a wide window can show, for zooming in. */
const peaks = 4000
const finestPeak: Seconds = 0.005
/** The longest part that is scanned: twenty times what any provider accepts; nobody waits for a whole film. */
const maxScanLength: Seconds = 600
/** Facts, frame times, scans and waveforms of this many files; frame times of an hour take less than two megabytes. */
const maxFiles = 24

export function createClipPreview({ media, fileTokens, clock, folder }: ClipPreviewParts): ClipPreview {
  const share = createSharedRuns()
  const known = new LRUCache<string, Map<string, unknown>>({ max: maxFiles })
  const copies = createKeptFiles(folder, proxies, clock.now)
  const wavs = createKeptFiles(folder, sounds, clock.now)
  void copies.sweep()
  void wavs.sweep()
  /** One sound after the other: a change of speed asks for several. */
  const inTurn = createSerialQueue()

  function keptOf<T>(identity: string, what: string): { readonly value: T } | null {
    const kept = known.get(identity)
    // A value is read with the type it was stored with.
    return kept?.has(what) ? { value: kept.get(what) as T } : null
  }

  /**
   * A cached value of a file, or one computed in a run shared by all callers; cached unless the file changed meanwhile.
   */
  async function once<T>(
    path: string,
    what: string,
    call: Call,
    make: (running: Running) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const identity = await identityOf(path)
    if (!identity.ok) return identity
    const kept = keptOf<T>(identity.value, what)
    if (kept) return ok(kept.value)
    return share(`${what}\0${identity.value}`, doing.scanning(path), call, async (running) => {
      const made = await make(running)
      const now = await identityOf(path)
      if (made.ok && now.ok && now.value === identity.value)
        known.set(now.value, new Map(known.get(now.value)).set(what, made.value))
      return made
    })
  }

  const factsOf = (path: string, call: Call): Promise<Outcome<ClipFacts>> =>
    once(path, 'facts', call, async (running) => {
      const facts = await media.inspect(path, running, 'clip')
      if (!facts.ok) return facts
      return facts.value.kind === 'clip' ? ok(facts.value) : stillPicture(path)
    })

  const withFacts =
    <T>(path: string, work: (facts: ClipFacts, running: Running) => Promise<Outcome<T>>) =>
    async (running: Running): Promise<Outcome<T>> => {
      const facts = await factsOf(path, { signal: running.signal })
      return facts.ok ? work(facts.value, running) : facts
    }

  const thumbnails = createThumbnails({ media, fileTokens, clock, folder, share })
  const filmstrip = createFilmstrip({ media, fileTokens, share, factsOf })

  return {
    frameTimes: (path, call = {}) =>
      once(path, 'frame times', call, (running) => media.frameTimes(path, running)),
    scan: (path, call = {}) =>
      once(
        path,
        'scan',
        call,
        withFacts(path, (facts, running) =>
          media.scan(path, facts, { start: 0, end: Math.min(maxScanLength, facts.duration) }, running),
        ),
      ),
    knownScan: async (path) => {
      const identity = await identityOf(path)
      return identity.ok ? (keptOf<Scan>(identity.value, 'scan')?.value ?? null) : null
    },
    filmstrip,
    thumbnails,
    waveform: (path, call = {}) =>
      once(
        path,
        'waveform',
        call,
        withFacts(path, (facts, running) =>
          media.waveform(path, facts, Math.max(finestPeak, facts.duration / peaks), running),
        ),
      ),
    playable: async (path, call = {}) => {
      const identity = await identityOf(path)
      if (!identity.ok) return identity
      const copy = await share(
        `copy\0${identity.value}`,
        doing.copyingForPreview(path),
        call,
        async (running) => {
          const facts = await factsOf(path, { signal: running.signal })
          if (!facts.ok) return facts
          return copies.of(identity.value, (target) => media.playable(path, facts.value, target, running))
        },
      )
      return copy.ok ? ok({ media: fileTokens.serveUrl(copy.value) }) : copy
    },
    sound: async (path, speed, call = {}) => {
      const identity = await identityOf(path)
      if (!identity.ok) return identity
      const facts = await factsOf(path, call)
      if (!facts.ok) return facts
      if (facts.value.audio === null) return ok(null)
      const what = doing.readingSound(path)
      const key = `sound\0${identity.value}\0${String(speed)}`
      const made = await share(key, what, call, (running) =>
        wavs.of(key, (target) =>
          runInTurn(
            inTurn,
            running.signal,
            () => cancelled(what),
            () => media.pictureSound(path, { speed, target }, running),
          ),
        ),
      )
      if (!made.ok) return made
      return ok({
        media: fileTokens.serveUrl(made.value),
        duration: soundDuration(facts.value.duration, speed),
      })
    },
    clear: async () => {
      // Sprites are made and found elsewhere, but share this folder.
      for (const kept of [copies, wavs, createKeptFiles(folder, sprites, clock.now)]) await kept.clear()
      await thumbnails.clear()
    },
  }
}
