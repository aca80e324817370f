import { ChevronRight, LibraryBig, Unplug, Wrench, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { About } from '../../shared/domain/views.ts'
import type { Problem } from '../../shared/outcome.ts'
import { taskNamedIn } from '../../shared/text/outcome-question.ts'
import type { Take } from '../../shared/domain/take.ts'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { useApp } from '../state/store.ts'
import { text } from './text.ts'

/** Something about the whole window. Only one is shown at a time, the gravest first. */
type BannerWords = {
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
  /** Takes whose progress could not be saved. */
  readonly unnoted: readonly Take[]
  /** What the user has put away. */
  readonly closed: ReadonlySet<string>
}

const lost: BannerWords = {
  id: 'line',
  kind: 'line',
  tone: 'warn',
  title: 'Understudy isn’t responding.',
  advice: text.reconnecting,
  tasks: [],
  mayClose: false,
}
const toolless: BannerWords = {
  id: 'tools',
  kind: 'tools',
  tone: 'warn',
  title: text.noMediaTools,
  advice: text.needsFfmpeg,
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
function bannersOf({ connected, about: core, unnoted, closed }: Told): readonly BannerWords[] {
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

const looks = {
  quiet: { line: 'border-line', icon: 'text-soft' },
  warn: { line: 'border-warn/35 bg-warn-wash', icon: 'text-warn' },
  bad: { line: 'border-bad/40 bg-bad-wash', icon: 'text-bad' },
} as const
const icons = { line: Unplug, library: LibraryBig, tools: Wrench } as const

function Tasks({ tasks }: { readonly tasks: readonly string[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
      {tasks.map((task) => (
        <li key={task} className="flex items-center gap-1">
          <span className="text-soft">Task</span>{' '}
          <span data-selectable className="font-mono text-ink">
            {task}
          </span>
          <CopyButton text={task} label={`Copy the task id ${task}`} />
        </li>
      ))}
    </ul>
  )
}

type BannerProps = {
  readonly banner: BannerWords
  /** How many more wait behind it. */
  readonly more: number
  readonly onNext: () => void
  readonly onClose: () => void
}

function Banner({ banner, more, onNext, onClose }: BannerProps) {
  const { kind, tone, title, advice, detail, tasks, mayClose } = banner
  const Icon = icons[kind]
  return (
    <div
      role={tone === 'quiet' ? 'status' : 'alert'}
      className={classNames('flex shrink-0 items-start gap-3 border-b px-4 py-2.5 text-sm', looks[tone].line)}
    >
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', looks[tone].icon)} />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p>
          <strong className="font-semibold">{title}</strong>{' '}
          <span className="text-soft">
            {kind === 'line' && <Spinner className="mr-1 inline size-3.5 align-[-2px]" />}
            {advice}
          </span>
        </p>
        {tasks.length > 0 && <Tasks tasks={tasks} />}
        {detail && (
          <details className="mt-0.5 text-xs text-soft">
            <summary className="w-fit rounded">Details</summary>
            <p data-selectable className="mt-1 font-mono whitespace-pre-wrap">
              {detail}
            </p>
          </details>
        )}
      </div>
      {more > 0 && (
        <Button size="small" look="quiet" icon={<ChevronRight aria-hidden />} onClick={onNext}>
          {`${String(more)} more`}
        </Button>
      )}
      {mayClose && (
        <IconButton size="small" label="Dismiss" icon={<X />} className="-my-0.5" onClick={onClose} />
      )}
    </div>
  )
}

/** What is to be said about the whole window: one thing at a time, the gravest first. */
export function Banners() {
  const connected = useApp((state) => state.connected)
  const about = useApp((state) => state.about)
  const unnoted = useApp(
    useShallow(({ unnotedTakes, takes }) => unnotedTakes.flatMap((id) => takes[id] ?? [])),
  )
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  /** How far was turned on from the gravest; a graver one that comes is shown at once. */
  const [turned, setTurned] = useState({ from: '', by: 0 })
  const banners = useMemo(
    () => bannersOf({ connected, about, unnoted, closed }),
    [connected, about, unnoted, closed],
  )
  const first = banners[0]?.id ?? ''
  const by = turned.from === first ? turned.by % Math.max(1, banners.length) : 0
  const banner = banners[by]
  if (!banner) return null
  return (
    <Banner
      key={banner.id}
      banner={banner}
      more={banners.length - 1}
      onNext={() => {
        setTurned({ from: first, by: by + 1 })
      }}
      onClose={() => {
        setClosed(new Set([...closed, banner.id]))
        setTurned({ from: '', by: 0 })
      }}
    />
  )
}
