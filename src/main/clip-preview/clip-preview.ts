import type { ClipFacts, Scan, Waveform } from '../../shared/domain/media.ts'
import type { MediaUrl } from '../../shared/domain/views.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { LRUCache } from 'lru-cache'
import type { Media, Running } from '../media/media.ts'
import { stillPicture } from '../media/probe/problems.ts'
import { doing } from '../media/problems.ts'
import type { Clock } from '../system/ports.ts'
import type { Call } from '../prepare/types.ts'
import { createCopies } from './proxies.ts'
import { createFilmstrip, type Filmstrip } from './filmstrip.ts'
import { identityOf, createSharedRuns } from './shared-runs.ts'

/** All that a timeline shows of a clip. Made once for each file as it stands and then kept; paths in, values out. */
export type Viewing = {
  readonly frameTimes: (path: string, call?: Call) => Promise<Outcome<readonly Seconds[]>>
  readonly scan: (path: string, call?: Call) => Promise<Outcome<Scan>>
  /** What a scan of this file as it stands found; null while there was none. */
  readonly knownScan: (path: string) => Promise<Scan | null>
  readonly filmstrip: Filmstrip
  readonly waveform: (path: string, call?: Call) => Promise<Outcome<Waveform | null>>
  readonly playable: (path: string, call?: Call) => Promise<Outcome<{ readonly media: MediaUrl }>>
}

type ViewingParts = {
  readonly media: Media
  readonly fileTokens: FileTokens
  readonly clock: Pick<Clock, 'now'>
  /** For copies that windows can play; made when it is first needed. */
  readonly folder: string
}

/** Peaks of a whole clip: more than a wide window has room for, so that zooming in still shows something. */
const peaks = 4000
const finestPeak: Seconds = 0.005
/** How far a scan looks. Twenty times the longest part that any provider takes; nobody waits for a whole film. */
const farthest: Seconds = 600
/** Facts, frame times, scans and waveforms of this many files; an hour of frame times is under two megabytes. */
const mostFiles = 24

export function createViewing({ media, fileTokens, clock, folder }: ViewingParts): Viewing {
  const share = createSharedRuns()
  const known = new LRUCache<string, Map<string, unknown>>({ max: mostFiles })
  const copies = createCopies(folder, clock.now)
  void copies.sweep()

  function keptOf<T>(identity: string, what: string): { readonly value: T } | null {
    const kept = known.get(identity)
    // What was kept as `what` has the type it was kept with.
    return kept?.has(what) ? { value: kept.get(what) as T } : null
  }

  /** What is known of a file as it stands, or made by one run for all who ask; kept unless the file changed meanwhile. */
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
          media.scan(path, facts, { start: 0, end: Math.min(farthest, facts.duration) }, running),
        ),
      ),
    knownScan: async (path) => {
      const identity = await identityOf(path)
      return identity.ok ? (keptOf<Scan>(identity.value, 'scan')?.value ?? null) : null
    },
    filmstrip,
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
  }
}
