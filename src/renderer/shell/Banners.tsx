import { ChevronRight, LibraryBig, Unplug, Wrench, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { bannersOf, type BannerWords } from './banner-list.ts'
import { useApp } from '../state/store.ts'

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
        <IconButton size="small" label="Put this away" icon={<X />} className="-my-0.5" onClick={onClose} />
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
