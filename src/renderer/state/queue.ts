import { shortFixes, type ShortFix, type Orientation } from '../../shared/domain/take.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import type { Seconds } from '../../shared/units.ts'
import type { CheckReport, FileRef } from '../../shared/domain/views.ts'
import type { CallArgs } from '../../shared/contract.ts'
import type { MediaKind } from '../../shared/domain/media.ts'
import { usualTemplate, pair } from '../../shared/domain/batch.ts'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import { emptyQueue, type Queue } from '../../shared/domain/queue.ts'
import { findModel } from './accounts.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

/** Parts that are shorter than the provider takes, and what can be made of them. */
export type TooShort = {
  readonly least: Seconds
  readonly ways: readonly ShortFix[]
  /** There is such a part for certain: without a choice nothing can be prepared. */
  readonly certain: boolean
}

/** What may still come up with clips that have not been read. */
function tooShortIn(model: ModelRules, orientation: Orientation): TooShort | null {
  const least = numericLimit(model, 'clip.duration.min', orientation)
  return least === null ? null : { least, ways: shortFixes, certain: false }
}

const waysOf = ({ choices = [] }: Finding) => shortFixes.filter((way) => choices.includes(way))

const isTooShort = (finding: Finding) => finding.rule === 'clip.duration.min' && waysOf(finding).length > 0

/** What keeps checked files from being prepared: what can be chosen about it here, and what cannot. */
function obstaclesIn(report: CheckReport | null): {
  readonly tooShort: TooShort | null
  readonly refused: string | null
} {
  const errors = report?.findings.filter(({ level, fix }) => level === 'error' && !fix) ?? []
  const short = errors.find(isTooShort)
  const others = errors.filter((finding) => !isTooShort(finding)).map(({ message }) => message)
  return {
    tooShort:
      short && typeof short.limit === 'number'
        ? { least: short.limit, ways: waysOf(short), certain: true }
        : null,
    refused: others.length > 0 ? others.join(' ') : null,
  }
}

type Entry = CallArgs<'queue:add'>['entries'][number]

/** What is about to be put into the queue, until its folder is chosen. */
export type Batch = {
  readonly entries: readonly Entry[]
  /** How the folders are usually named. */
  readonly template: string
  /** The files, where there were too many for one take. */
  readonly dropped: Readonly<Record<MediaKind, readonly FileRef[]>> | null
  readonly tooShort: TooShort | null
  /** Why the files in the form can't be prepared, in sentences. */
  readonly refused: string | null
}

export type QueuePart = 'takes' | 'preparations'

export type QueueSlice = {
  /** A mirror: the core owns it. */
  readonly queue: Queue
  /** The part of the queue window that is open. */
  readonly queuePart: QueuePart | null
  readonly batch: Batch | null
  readonly readQueue: () => Promise<void>
  readonly setQueue: (queue: Queue) => void
  readonly showQueue: (part: QueuePart | null) => void
  /** Asks how to prepare the files in the form, without a take. */
  readonly prepareOnly: () => void
  /** Asks what to do with more files than one take has. */
  readonly offerBatch: (files: Readonly<Record<MediaKind, readonly FileRef[]>>) => void
  readonly closeBatch: () => void
  /** Asks for a folder and puts the batch into the queue; `short` says what becomes of a part that is too short. */
  readonly queueBatch: (name: string, short: ShortFix | null) => Promise<void>
  readonly changeQueue: (ask: () => Promise<Outcome<Queue>>) => Promise<void>
  readonly revealPrepared: (item: string) => Promise<void>
}

const lengthenedBy =
  (short: ShortFix | null) =>
  (entry: Entry): Entry => ({
    ...entry,
    settings: { ...entry.settings, fit: { ...entry.settings.fit, short } },
  })

export const createQueueSlice: Slice<QueueSlice> = (set, get) => {
  async function add(batch: Batch, name: string, folder: string | null): Promise<Problem | null> {
    const answer = await desktop().ask['queue:add']({ entries: [...batch.entries], folder, name })
    if (!answer.ok) return answer.problem
    if (answer.value) set({ queue: answer.value, batch: null, queuePart: 'preparations' })
    return null
  }

  return {
    queue: emptyQueue,
    queuePart: null,
    batch: null,

    readQueue: async () => {
      const answer = await desktop().ask['queue:read']({})
      if (answer.ok) set({ queue: answer.value })
      else get().tellProblem(answer.problem)
    },
    setQueue: (queue) => {
      set({ queue })
    },
    showQueue: (queuePart) => {
      set({ queuePart, takeQueueProblem: null })
    },

    prepareOnly: () => {
      const { character, clip, takeSettings: settings, checked } = get()
      if (!character && !clip) return
      const entry = {
        character: character?.file.token ?? null,
        clip: clip?.file.token ?? null,
        window: get().performedWindow(),
        settings,
      }
      set({
        batch: {
          entries: [entry],
          template: usualTemplate(character ? 1 : 0, clip ? 1 : 0),
          dropped: null,
          ...obstaclesIn(checked?.report ?? null),
        },
      })
    },
    offerBatch: (dropped) => {
      const settings = get().takeSettings
      const window = { start: 0, length: null }
      const entries = pair(dropped.character, dropped.clip).map(({ character, clip }) => ({
        character: character?.token ?? null,
        clip: clip?.token ?? null,
        window,
        settings,
      }))
      const model = findModel(get().providers, settings)
      set({
        batch: {
          entries,
          template: usualTemplate(dropped.character.length, dropped.clip.length),
          dropped,
          tooShort: dropped.clip.length > 0 && model ? tooShortIn(model, settings.orientation) : null,
          refused: null,
        },
      })
    },
    closeBatch: () => {
      set({ batch: null })
    },
    queueBatch: async (name, short) => {
      const { batch: offered, about } = get()
      if (!offered) return
      const batch = offered.tooShort
        ? { ...offered, entries: offered.entries.map(lengthenedBy(short)) }
        : offered
      if (about?.nativeDialogs === true) {
        const problem = await add(batch, name, null)
        if (problem) get().tellProblem(problem)
        return
      }
      set({ batch: null })
      get().askForFolder(
        'Where to save the prepared files',
        (folder) => add(batch, name, folder),
        'Each preparation gets its own folder inside. Nothing is replaced.',
      )
    },

    changeQueue: async (ask) => {
      const answer = await ask()
      if (answer.ok) set({ queue: answer.value })
      else get().tellProblem(answer.problem)
    },
    revealPrepared: async (item) => {
      const shown = await desktop().ask['queue:reveal']({ item })
      if (!shown.ok) get().tellProblem(shown.problem)
      else
        get().tell({
          tone: 'info',
          title: `The prepared files are in “${shown.value.folder}”.`,
        })
    },
  }
}
