import type { CallArgs, CallName } from '../../shared/contract.ts'
import type { TakePictures } from '../../shared/domain/views.ts'
import { ok, type Outcome, type Problem, type ProblemCode } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'
import { isUnnoted } from '../../shared/text/outcome-question.ts'
import { noticeFor } from '../../shared/text/take-notice.ts'
import type { PageEntry } from '../../shared/domain/catalogue.ts'
import { takeWords } from './marks.ts'
import { madeOfFiles } from './rooms.ts'
import { changesSpend } from './spend.ts'
import type { Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'

/** What a take is waiting for after the user pressed one of its buttons. */
export type TakeAction = Extract<CallName, `take:${string}` | `result:${string}`>

export type TakesSlice = {
  /** Those that run, wait or ask, the newest, and the others that were in sight. */
  readonly takes: Readonly<Record<string, Take>>
  /** Of all takes, the newest first. */
  readonly takeOrder: readonly string[]
  readonly takesProblem: Problem | null
  readonly takePictures: Readonly<Record<string, TakePictures>>
  readonly pendingActions: Readonly<Record<string, TakeAction>>
  /** What is wrong with the file of a downloaded result. */
  readonly resultProblems: Readonly<Record<string, Problem>>
  /** The same for a watermarked version. */
  readonly markedProblems: Readonly<Record<string, Problem>>
  /** Takes whose progress could not be saved: the screen may be the only place that knows their task. */
  readonly unnotedTakes: readonly string[]
  readonly readTakes: () => Promise<void>
  readonly putTake: (take: Take) => void
  /** Takes in full, as they were read. */
  readonly putEntries: (entries: readonly PageEntry[]) => void
  readonly readPictures: (id: string) => Promise<void>
  readonly cancelTake: (id: string) => Promise<void>
  readonly checkTakeAgain: (id: string) => Promise<void>
  readonly adoptTask: (id: string, task: string) => Promise<void>
  /** Costs money: only after the user has seen the cost for the second time. */
  readonly submitTakeAgain: (id: string, consent: CallArgs<'take:submit-again'>['consent']) => Promise<void>
  readonly giveUpTake: (id: string) => Promise<void>
  readonly saveResult: (id: string, version?: 'result' | 'marked') => Promise<void>
  readonly revealResult: (id: string) => Promise<void>
  /** Has the result fetched into another folder, which the user chooses. */
  readonly saveElsewhere: (id: string) => Promise<void>
  readonly noteResultProblem: (id: string, problem: Problem | null) => void
}

/** An answer may be older than an event that overtook it. */
const isNewer = (known: Take | undefined, incoming: Take): boolean =>
  !known || incoming.attempt > known.attempt || incoming.since >= known.since

const namesFile: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['file-missing', 'file-damaged'])

/** Ids begin with the time, so their order is the order of making. */
const newestFirst = (ids: readonly string[]) => ids.toSorted((a, b) => (a < b ? 1 : -1))

export const createTakesSlice: Slice<TakesSlice> = (set, get) => {
  /** One thing at a time for each take; null while another one is done. */
  async function inTurn<T>(
    id: string,
    action: TakeAction,
    run: () => Promise<Outcome<T>>,
  ): Promise<Outcome<T> | null> {
    if (get().pendingActions[id]) return null
    set({ pendingActions: { ...get().pendingActions, [id]: action } })
    const answer = await run()
    const { [id]: _ended, ...others } = get().pendingActions
    set({ pendingActions: others })
    return answer
  }

  async function act<T>(id: string, action: TakeAction, run: () => Promise<Outcome<T>>): Promise<T | null> {
    const answer = await inTurn(id, action, run)
    if (answer === null) return null
    if (answer.ok) return answer.value
    if (!showProblemOf(id, answer.problem)) get().tellProblem(answer.problem)
    return null
  }

  /** What is wrong with the file of a result is said at its take, with the ways out; false for anything else. */
  function showProblemOf(
    id: string,
    problem: Problem,
    version: 'resultProblems' | 'markedProblems' = 'resultProblems',
  ): boolean {
    if (!namesFile.has(problem.code)) return false
    set({ [version]: { ...get()[version], [id]: problem } })
    get().showDetails(id)
    return true
  }

  async function actOnTake(id: string, action: TakeAction, run: () => Promise<Outcome<Take>>): Promise<void> {
    const take = await act(id, action, run)
    if (take) get().putTake(take)
  }

  /** A result that does not appear on the stage is announced. */
  const tellDone = (id: string) => {
    const state = get()
    const isSeen = state.room === 'make' && [state.stageTakeId ?? madeOfFiles(state)].includes(id)
    if (isSeen) return
    const show = { label: 'Show', run: () => get().putOnStage(id) }
    get().tell({ tone: 'good', title: `${takeWords(state, id)} is done.`, action: show })
  }

  return {
    takes: {},
    takeOrder: [],
    takesProblem: null,
    takePictures: {},
    pendingActions: {},
    resultProblems: {},
    markedProblems: {},
    unnotedTakes: [],

    readTakes: async () => {
      const before = Object.keys(get().takes)
      const answer = await desktop().ask['take:list']({})
      if (!answer.ok) {
        set({ takesProblem: answer.problem })
        return
      }
      const { order, entries } = answer.value
      // Takes that came while the answer was on its way stay; those that left the library meanwhile go.
      const named = new Set(order)
      const gone = before.filter((id) => !named.has(id))
      if (gone.length > 0) get().takesTrashed(gone)
      const read = new Set(entries.map(({ take }) => take.id))
      const others = Object.keys(get().takes).filter((id) => !read.has(id))
      get().putEntries(entries)
      const { nextTakeId, takes } = get()
      set({
        takeOrder: newestFirst([...new Set([...order, ...Object.keys(takes)])]),
        unnotedTakes: Object.values(takes)
          .filter(isUnnoted)
          .map(({ id }) => id),
        takesProblem: null,
        // The answer to its submit was lost, but it did arrive.
        ...(nextTakeId !== null && takes[nextTakeId] && { nextTakeId: null, checked: null }),
      })
      // After a break they may have changed as well.
      await get().readPages(others)
    },

    putTake: (take) => {
      const { takes, takeOrder, unnotedTakes, resultProblems, markedProblems } = get()
      const known = takes[take.id]
      if (!isNewer(known, take)) return
      const { [take.id]: problemOfResult, ...otherProblems } = resultProblems
      const { [take.id]: problemOfMarked, ...otherMarkedProblems } = markedProblems
      const unnoted = isUnnoted(take)
      if (changesSpend(known, take)) void get().readSpend()
      if (known && known.state !== 'DONE' && take.state === 'DONE') tellDone(take.id)
      if (noticeFor(known?.state, take) !== null) get().chime()
      set({
        ...(problemOfResult && take.state !== 'DONE' && { resultProblems: otherProblems }),
        ...(problemOfMarked && { markedProblems: otherMarkedProblems }),
        ...(unnoted !== unnotedTakes.includes(take.id) && {
          unnotedTakes: unnoted
            ? [...unnotedTakes, take.id]
            : unnotedTakes.filter((other) => other !== take.id),
        }),
        takes: { ...takes, [take.id]: take },
        ...(!known && !takeOrder.includes(take.id) && { takeOrder: newestFirst([...takeOrder, take.id]) }),
      })
      if (known?.state !== take.state) get().catalogueChanged()
      get().needTakes([take.id])
    },

    putEntries: (entries) => {
      const known = get().takes
      const newer = entries.flatMap(({ take }) => (isNewer(known[take.id], take) ? [take] : []))
      set({ takes: { ...known, ...Object.fromEntries(newer.map((take) => [take.id, take])) } })
      get().putMarks(entries.map(({ marks }) => marks))
    },

    readPictures: async (id) => {
      const answer = await desktop().ask['take:pictures']({ take: id })
      if (answer.ok) set({ takePictures: { ...get().takePictures, [id]: answer.value } })
    },

    cancelTake: (id) => actOnTake(id, 'take:cancel', () => desktop().ask['take:cancel']({ take: id })),
    checkTakeAgain: (id) =>
      actOnTake(id, 'take:check-again', () => desktop().ask['take:check-again']({ take: id })),
    adoptTask: (id, task) =>
      actOnTake(id, 'take:adopt', () => desktop().ask['take:adopt']({ take: id, task })),
    submitTakeAgain: (id, consent) =>
      actOnTake(id, 'take:submit-again', () =>
        desktop().ask['take:submit-again']({ take: id, confirmed: true, consent }),
      ),
    giveUpTake: (id) => actOnTake(id, 'take:give-up', () => desktop().ask['take:give-up']({ take: id })),

    saveResult: async (id, version = 'result') => {
      if (!get().takes[id]) return
      const marked = version === 'marked'
      await get().saveWhere({
        asked: { what: version, take: id },
        title: 'Save the result',
        save: async (folder, name) => {
          const ask = () => desktop().ask['result:save']({ take: id, folder, name, marked })
          // Our own dialog stays open meanwhile and shows what is wrong; the system's is opened once.
          return folder === null ? ((await inTurn(id, 'result:save', ask)) ?? ok(null)) : ask()
        },
        showProblem: (problem) => showProblemOf(id, problem, marked ? 'markedProblems' : 'resultProblems'),
      })
    },

    saveElsewhere: async (id) => {
      if (get().about?.nativeDialogs === true) {
        const moved = await act(id, 'take:save-elsewhere', () =>
          desktop().ask['take:save-elsewhere']({ take: id, folder: null }),
        )
        if (moved) get().putTake(moved)
        return
      }
      get().askForFolder('Where to save the result', async (folder) => {
        const answer = await desktop().ask['take:save-elsewhere']({ take: id, folder })
        if (answer.ok && answer.value) get().putTake(answer.value)
        return answer.ok ? null : answer.problem
      })
    },

    noteResultProblem: (id, problem) => {
      const { [id]: before, ...others } = get().resultProblems
      if (problem === null) {
        if (before) set({ resultProblems: others })
      } else if (namesFile.has(problem.code)) set({ resultProblems: { ...others, [id]: problem } })
    },

    revealResult: async (id) => {
      const shown = await act(id, 'result:reveal', () => desktop().ask['result:reveal']({ take: id }))
      if (shown && get().about?.face === 'browser')
        get().tell({
          tone: 'info',
          title: `The result is “${shown.name}”.`,
          advice: `It is in ${shown.folder}.`,
        })
    },
  }
}
