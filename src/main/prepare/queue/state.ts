import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { ok, problemCodes, type Outcome, type Problem } from '../../../shared/outcome.ts'
import { queueStates, type QueueItem } from '../../../shared/domain/queue.ts'
import { clipWindow, takeSettings } from '../../../shared/domain/take.ts'
import { nameKey, source } from './names.ts'
import type { Fraction, Milliseconds, Seconds } from '../../../shared/units.ts'
import { notInQueue, onlyFailedRetries, onlyWaitingMoves } from '../problems.ts'

const problem = z.object({
  code: z.enum(problemCodes),
  message: z.string(),
  advice: z.string().exactOptional(),
  detail: z.string().exactOptional(),
})

export const storedItem = z.strictObject({
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  state: z.enum(queueStates),
  addedAt: z.string(),
  sources: z.strictObject({ character: source.nullable(), clip: source.nullable() }),
  window: clipWindow,
  settings: takeSettings,
  /** The chosen folder. */
  out: z.string().min(1),
  name: z.string().min(1),
  template: z.string(),
  files: z.array(z.string()).readonly(),
  problem: problem.nullable(),
})
/** One preparation as it is stored on the disk. */
export type StoredItem = Readonly<z.infer<typeof storedItem>>

export type QueueState = {
  readonly paused: boolean
  readonly pausedBy: Problem | null
  readonly items: readonly StoredItem[]
}

export const noItems: QueueState = { paused: false, pausedBy: null, items: [] }

const isOver = ({ state }: StoredItem) => state === 'done' || state === 'failed' || state === 'cancelled'

export const findItem = (queue: QueueState, id: string): Outcome<StoredItem> => {
  const item = queue.items.find((entry) => entry.id === id)
  return item ? ok(item) : notInQueue()
}

export const changeItem = (queue: QueueState, id: string, change: Partial<StoredItem>): QueueState => ({
  ...queue,
  items: queue.items.map((item) => (item.id === id ? { ...item, ...change } : item)),
})

/** A preparation that was interrupted waits again, in its old place. */
export const afterRestart = (queue: QueueState): QueueState => ({
  ...queue,
  items: queue.items.map((item) => (item.state === 'running' ? { ...item, state: 'waiting' } : item)),
})

export const nextWaiting = ({ paused, items }: QueueState): StoredItem | null =>
  (paused ? null : items.find(({ state }) => state === 'waiting')) ?? null

/** Moves a waiting item before another one; null moves it to the end. */
export function moveItem(queue: QueueState, id: string, before: string | null): Outcome<QueueState> {
  const found = findItem(queue, id)
  if (!found.ok) return found
  if (found.value.state !== 'waiting') return onlyWaitingMoves()
  if (before === id) return ok(queue)
  const others = queue.items.filter((item) => item.id !== id)
  const place = before === null ? others.length : others.findIndex((item) => item.id === before)
  if (place < 0) return notInQueue()
  return ok({ ...queue, items: [...others.slice(0, place), found.value, ...others.slice(place)] })
}

/** Lets a failed or cancelled item wait again, at the end. */
export function retryItem(queue: QueueState, id: string, again: Partial<StoredItem>): Outcome<QueueState> {
  const found = findItem(queue, id)
  if (!found.ok) return found
  if (found.value.state !== 'failed' && found.value.state !== 'cancelled') return onlyFailedRetries()
  const others = queue.items.filter((item) => item.id !== id)
  return ok({
    ...queue,
    items: [...others, { ...found.value, ...again, state: 'waiting', problem: null, files: [] }],
  })
}

export const clearItems = (queue: QueueState): QueueState => ({
  ...queue,
  items: queue.items.filter((item) => !isOver(item)),
})

/** The names that other items claim in the same folder. */
export const claimedIn = ({ items }: QueueState, out: string, except?: string): Set<string> =>
  new Set(items.filter((item) => item.out === out && item.id !== except).map(({ name }) => nameKey(name)))

const nameOfSource = (one: StoredItem['sources']['clip']) => one && basename(one.path)

/** Absolute paths, for faces that may show them. */
export type ItemPaths = {
  readonly folder: string
  readonly source: { readonly character?: string; readonly clip?: string }
}

export const itemPaths = ({ out, sources: { character, clip } }: StoredItem): ItemPaths => ({
  folder: out,
  source: { ...(character && { character: character.path }), ...(clip && { clip: clip.path }) },
})

/** The item without paths, for the window. */
export const itemView = (
  item: StoredItem,
  live: Pick<QueueItem, 'progress' | 'eta'> = { progress: null, eta: null },
): QueueItem => ({
  id: item.id,
  state: item.state,
  addedAt: item.addedAt,
  characterName: nameOfSource(item.sources.character),
  clipName: nameOfSource(item.sources.clip),
  provider: item.settings.provider,
  model: item.settings.model,
  orientation: item.settings.orientation,
  folder: basename(item.out) || item.out,
  parent: basename(dirname(item.out)) || null,
  name: item.name,
  files: item.files,
  problem: item.problem,
  ...live,
})

/** The sources of everything that is not done; a failed item may be retried. */
export const neededBy = ({ items }: QueueState): ReadonlySet<string> =>
  new Set(
    items
      .filter(({ state }) => state !== 'done')
      .flatMap(({ sources }) => [sources.character, sources.clip])
      .flatMap((one) => (one ? [one.path] : [])),
  )

/** With less progress than this, an estimate is useless. */
const tellsFrom: Fraction = 0.02

/** The remaining time at the present pace; null while it is unknown. */
export function etaOf(progress: Fraction | null, elapsed: Milliseconds): Seconds | null {
  if (progress === null || progress < tellsFrom || elapsed <= 0) return null
  return Math.max(0, (elapsed / 1000 / progress) * (1 - Math.min(1, progress)))
}
