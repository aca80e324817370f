import { terminalStates, type Take } from '../../shared/domain/take.ts'
import type { Milliseconds, Seconds } from '../../shared/units.ts'

/** How long takes like this one took before: half of them at most `from`, nine in ten at most `to`. */
export type Range = { readonly from: Milliseconds; readonly to: Milliseconds }

/** As many as a range can be told from. */
const fewest = 3

const isAlike = (one: Take, other: Take) =>
  one.settings.provider === other.settings.provider &&
  one.settings.model === other.settings.model &&
  one.settings.mode === other.settings.mode

const tookOf = ({ since, sentAt, createdAt }: Take): Milliseconds =>
  Date.parse(since) - Date.parse(sentAt ?? createdAt)

const quantile = (sorted: readonly Milliseconds[], share: number): Milliseconds =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0

/** From the user's own finished takes of the same provider, model and mode; null where there are too few. */
export function usualRange(take: Take, takes: readonly Take[]): Range | null {
  const took = takes
    .filter((other) => other.state === 'DONE' && isAlike(take, other))
    .map(tookOf)
    .filter((time) => time > 0)
    .toSorted((one, other) => one - other)
  return took.length < fewest ? null : { from: quantile(took, 0.5), to: quantile(took, 0.9) }
}

const minute: Milliseconds = 60_000

/** "2–4 min", "20–40 s"; one number where both ends come to the same. */
export function rangeWords({ from, to }: Range): string {
  const inMinutes = to >= 1.5 * minute
  const unit = inMinutes ? minute : 1000
  const [least, most] = [Math.max(1, Math.floor(from / unit)), Math.max(1, Math.ceil(to / unit))]
  const words = inMinutes ? 'min' : 's'
  return least >= most ? `${String(most)} ${words}` : `${String(least)}–${String(most)} ${words}`
}

const aboutWords = (seconds: Seconds): string =>
  seconds < 90 ? `${String(Math.ceil(seconds))} s` : `${String(Math.round(seconds / 60))} min`

/** What is left of the usual time; null for a take that does not run, and where nothing is known. */
export function leftWords(take: Take, usual: Range | null, now: Milliseconds): string | null {
  if (terminalStates.has(take.state)) return null
  if (take.eta !== null && take.eta > 0) return `about ${aboutWords(take.eta)} left`
  if (take.sentAt === null || usual === null) return null
  const gone = now - Date.parse(take.sentAt)
  if (gone >= usual.to) return 'longer than usual'
  return `${rangeWords({ from: Math.max(0, usual.from - gone), to: usual.to - gone })} left`
}
