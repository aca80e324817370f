import { fakeQueue } from './fake-queue.ts'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { MediaFacts } from '../../../src/shared/domain/media.ts'
import { fail, ok, type Failure } from '../../../src/shared/outcome.ts'
import { modelRules, findModel } from '../../../src/shared/rules/models.ts'
import { estimateOf } from '../../../src/shared/rules/estimate.ts'
import { defaultSettings } from '../../../src/shared/domain/settings.ts'
import type { Take } from '../../../src/shared/domain/take.ts'
import type { Media } from '../../../src/main/media/media.ts'
import type { NewTake, Takes } from '../../../src/main/takes/types.ts'
import type { Studio } from '../../../src/main/core/studio.ts'
import type { Workshop } from '../../../src/main/prepare/types.ts'
import { checkInputs } from '../../../src/main/prepare/check-inputs.ts'
import type { TakeQueue } from '../../../src/shared/domain/take-queue.ts'
import { aTake } from './a-take.ts'
import { fakeCatalogue } from './fake-catalogue.ts'
import { fakeAccounts, type FakeAccounts } from './fake-accounts.ts'

/** One change of a take, as a test scripts it. */
export type Change = Partial<Take>

export const aResult = {
  bytes: 5,
  sha256: 'c0ffee',
  duration: 6,
  width: 720,
  height: 1280,
  frameRate: 30,
}

/** What a take goes through when nothing goes wrong. */
export const goodLife: readonly Change[] = [
  { state: 'PREPARING', attempt: 1 },
  { progress: 0.5 },
  { state: 'PREPARED', progress: null },
  { state: 'UPLOADING' },
  { state: 'UPLOADED' },
  { state: 'READY' },
  { state: 'INTENT' },
  { state: 'WIRE' },
  { state: 'ACKED', taskId: 'task-1' },
  { state: 'REMOTE_DONE' },
  { state: 'DOWNLOADING' },
  { state: 'VERIFIED', result: aResult },
  { state: 'DONE' },
]

type Script = {
  /** What is found at a path; every other path is missing. */
  readonly files?: Readonly<Record<string, MediaFacts>>
  /** The takes in the library at the start. */
  readonly takes?: readonly Take[]
  /** What a submitted or resumed take goes through; `'pause'` waits for ever. */
  readonly life?: readonly (Change | 'pause')[]
  readonly accounts?: FakeAccounts
  /** Why no result is the file any more that was verified. */
  readonly damaged?: Failure
  /** What is wrong with the watermarked version of every take. */
  readonly lostMark?: Failure
  /** The take of an earlier run that asks for the very same. */
  readonly interrupted?: Take | null
  /** The queue of takes is paused. */
  readonly paused?: boolean
}

export type FakeStudio = Studio & {
  readonly submitted: NewTake[]
  readonly said: string[]
  /** The takes that were set going again. */
  readonly woken: string[]
  readonly closed: () => number
  readonly close: () => Promise<void>
}

const notScripted = () => Promise.resolve(fail('internal', 'This fake was not told how to do that.'))

function fakeWorkshop(files: Script['files'] = {}): Workshop {
  const inspect: Media['inspect'] = (path) => {
    const facts = files[path]
    return Promise.resolve(
      facts
        ? ok(facts)
        : fail('file-missing', `${basename(path)} was not found.`, { advice: 'Look for it.' }),
    )
  }
  return {
    inspect: notScripted,
    // The judge asks for facts and nothing else.
    check: (inputs, call = {}) => checkInputs({ inspect } as Media, inputs, {}, call),
    withoutCuts: notScripted,
    frameTimes: notScripted,
    prepare: notScripted,
    motion: notScripted,
    findOffset: notScripted,
    sideBySide: notScripted,
    providers: () =>
      ['practice', 'kling'].map((id) => ({
        id,
        name: id,
        practice: id === 'practice',
        addresses: [],
        keysFrom: '',
        models: modelRules.filter((rules) => rules.provider === id),
      })),
  }
}

/** A studio whose takes live as the test says: no disk, no provider, every change in order. */
export function fakeStudio({
  files,
  takes: first = [],
  life = goodLife,
  accounts,
  interrupted = null,
  damaged,
  lostMark,
  paused = false,
}: Script = {}): FakeStudio {
  const library = new Map(first.map((take) => [take.id, take]))
  const listeners = new Set<(take: Take) => void>()
  const submitted: NewTake[] = []
  const said: string[] = []
  const woken: string[] = []
  let closes = 0
  let queue: TakeQueue = {
    paused,
    waiting: first.flatMap(({ id, queued }) => (queued ? [{ take: id, place: queued.place }] : [])),
  }

  const change = (id: string, by: Change) => {
    const next = { ...aTake({ id }), ...library.get(id), ...by }
    library.set(id, next)
    for (const listener of listeners) listener(next)
    return next
  }
  const live = async (id: string) => {
    for (const next of life) {
      await Promise.resolve()
      if (next === 'pause') return
      change(id, next)
    }
  }
  const found = (id: string) => {
    const take = library.get(id)
    return take ? ok(take) : fail('not-found', `There is no take ${id}.`)
  }
  const startOver = (id: string) => {
    void live(id)
    return Promise.resolve(found(id))
  }

  const takes: Takes = {
    submit: (take) => {
      submitted.push(take)
      const rules = findModel(take.settings.provider, take.settings.model)
      library.set(
        take.id,
        aTake({
          id: take.id,
          settings: take.settings,
          clipName: basename(take.clip),
          ...(rules && { estimate: estimateOf(rules, take.settings, 6, {}) }),
        }),
      )
      return startOver(take.id)
    },
    list: () => [...library.values()],
    show: found,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    neededSources: () => new Set(),
    resume: (which = () => true) => {
      said.push('resume')
      for (const take of first) {
        if (!which(take)) continue
        woken.push(take.id)
        void live(take.id)
      }
    },
    interruptedLike: () => Promise.resolve(interrupted),
    checkAgain: (id) => {
      said.push(`check again ${id}`)
      return Promise.resolve(found(id))
    },
    lookAtAll: () => {
      said.push('look at all')
      return Promise.resolve()
    },
    costAgain: (id) => {
      const take = found(id)
      return take.ok ? ok(take.value.estimate) : take
    },
    submitAgain: (id) => {
      said.push(`submit again ${id}`)
      return startOver(id)
    },
    adopt: (id, taskId) => {
      said.push(`adopt ${id} ${taskId}`)
      return startOver(id)
    },
    findTasks: notScripted,
    bringHome: notScripted,
    giveUp: (id) => Promise.resolve(ok(change(id, { state: 'ABANDONED' }))),
    cancel: notScripted,
    saveElsewhere: (id, folder) => {
      said.push(`save elsewhere ${id} ${String(folder)}`)
      return Promise.resolve(found(id))
    },
    takeBack: (id) => {
      said.push(`take back ${id}`)
      const take = library.get(id)
      if (take?.taskId !== null) return Promise.resolve(fail('usage', 'It was submitted.'))
      return Promise.resolve(ok(change(id, { state: 'DRAFT' })))
    },
    resultPath: (id) => ok(`/library/${id}/result.mp4`),
    wholeResult: (id) => Promise.resolve(damaged ?? ok(`/library/${id}/result.mp4`)),
    rebuild: notScripted,
    trash: () => [],
    queue: () => queue,
    pauseQueue: (paused) => Promise.resolve(ok((queue = { ...queue, paused }))),
    moveInQueue: (id, to) => {
      said.push(`move ${id} ${JSON.stringify(to)}`)
      return Promise.resolve(ok(queue))
    },
    onQueueChanged: () => () => false,
    supportPack: notScripted,
    putInTrash: notScripted,
    restore: notScripted,
    emptyTrash: notScripted,
    emptyOldTrash: notScripted,
    onTrashed: () => () => false,
    pictures: notScripted,
    compare: notScripted,
    preview: notScripted,
    sound: notScripted,
    motion: notScripted,
    sprite: notScripted,
    choosePoster: notScripted,
    contactSheet: notScripted,
    findOffset: notScripted,
    wholeMarked: (id) => Promise.resolve(lostMark ?? ok(join('/library', id, 'result-watermarked.mp4'))),
    exportResult: async (_id, target, version) => {
      try {
        await writeFile(target, version === 'marked' ? 'mark!' : 'video', { flag: 'wx' })
        return ok({ path: target, bytes: 5 })
      } catch {
        return fail('file-exists', `${target} is there already.`)
      }
    },
  }
  return {
    startedAt: '2026-11-20T12:00:00.000Z',
    libraryNotices: [],
    workshop: fakeWorkshop(files),
    viewing: {
      frameTimes: notScripted,
      scan: notScripted,
      knownScan: () => Promise.resolve(null),
      thumbnails: { of: () => Promise.resolve(null), clear: () => Promise.resolve() },
      filmstrip: notScripted,
      waveform: notScripted,
      playable: notScripted,
      sound: notScripted,
      clear: () => Promise.resolve(),
    },
    queue: fakeQueue(),
    recents: {
      list: () => Promise.resolve([]),
      open: notScripted,
      note: () => undefined,
      forget: () => undefined,
      copies: () => new Set(),
    },
    desk: { read: () => null, keep: () => undefined, files: () => [], clear: () => undefined },
    previews: { make: notScripted, clear: () => Promise.resolve(), close: () => Promise.resolve() },
    takes,
    catalogue: fakeCatalogue,
    stills: { save: notScripted },
    ...{ movedFrom: null, mayMove: notScripted, move: notScripted, handOver: notScripted as never },
    accounts: fakeAccounts(accounts),
    elements: { list: notScripted, create: notScripted, remove: notScripted },
    spending: { list: () => [], guards: () => [] },
    settings: {
      read: () => defaultSettings,
      change: () => defaultSettings,
      subscribe: () => () => undefined,
    },
    close: () => {
      closes += 1
      return Promise.resolve()
    },
    submitted,
    said,
    woken,
    closed: () => closes,
  }
}
