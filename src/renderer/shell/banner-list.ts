import type { About } from '../../shared/domain/views.ts'
import type { Problem } from '../../shared/outcome.ts'
import { taskNamedIn } from '../../shared/text/outcome-question.ts'
import type { Take } from '../../shared/domain/take.ts'

/** Something about the whole window. Only one is shown at a time, the gravest first. */
export type BannerWords = {
  readonly id: string
  readonly kind: 'line' | 'library' | 'tools'
  readonly tone: 'quiet' | 'warn' | 'bad'
  readonly title: string
  readonly advice?: string | undefined
  readonly detail?: string | undefined
  /** Tasks that only the screen knows. */
  readonly tasks: readonly string[]
  /** False for what is about money or does not end while the window is open. */
  readonly mayClose: boolean
}

type Told = {
  readonly connected: boolean
  readonly about: Pick<About, 'mediaTools' | 'oldTools' | 'libraryNotices'> | null
  /** Takes of which something could not be noted down. */
  readonly unnoted: readonly Take[]
  /** What the user has put away. */
  readonly closed: ReadonlySet<string>
}

const lost: BannerWords = {
  id: 'line',
  kind: 'line',
  tone: 'warn',
  title: 'The studio is not answering.',
  advice: 'Understudy keeps trying. If this stays, start it again: submitted takes are not lost.',
  tasks: [],
  mayClose: false,
}
const toolless: BannerWords = {
  id: 'tools',
  kind: 'tools',
  tone: 'warn',
  title: 'Video tools are missing.',
  advice:
    'Understudy needs ffmpeg to read and prepare files. Install ffmpeg on this computer, then start Understudy again.',
  tasks: [],
  mayClose: false,
}

const old = ({ message, advice }: Problem): BannerWords => ({
  ...toolless,
  tone: 'quiet',
  id: 'old tools',
  title: message,
  advice,
  mayClose: true,
})

const tasksOf = (takes: readonly Take[]) => takes.flatMap((take) => taskNamedIn(take) ?? [])

const about = (problem: Problem, mayClose: boolean, tasks: readonly string[]): BannerWords => ({
  id: problem.message,
  kind: 'library',
  tone: tasks.length > 0 ? 'bad' : 'warn',
  title: problem.message,
  advice: problem.advice,
  detail: problem.detail,
  tasks,
  mayClose,
})

/** What could not be written, where the library itself is not said to be broken: a disk that is full for a while. */
function unwritten(unnoted: readonly Take[]): readonly BannerWords[] {
  const problem = unnoted.find((take) => taskNamedIn(take) !== null)?.problem ?? unnoted[0]?.problem
  return problem ? [about({ ...problem, detail: '' }, false, tasksOf(unnoted))] : []
}

/** What is to be said above everything, the gravest first. */
export function bannersOf({ connected, about: core, unnoted, closed }: Told): readonly BannerWords[] {
  const [first, ...others] = core?.libraryNotices ?? []
  const isBroken = first?.stays === true && unnoted.length > 0
  const library = isBroken
    ? [
        about(first.problem, false, tasksOf(unnoted)),
        ...others.map(({ problem, stays }) => about(problem, !stays, [])),
      ]
    : [
        ...unwritten(unnoted),
        ...(core?.libraryNotices ?? []).map(({ problem, stays }) => about(problem, !stays, [])),
      ]
  return [
    ...(connected ? [] : [lost]),
    ...library.filter(({ id, mayClose }) => !mayClose || !closed.has(id)),
    ...(core?.mediaTools === false ? [toolless] : []),
    ...(core?.oldTools && !closed.has('old tools') ? [old(core.oldTools)] : []),
  ]
}
