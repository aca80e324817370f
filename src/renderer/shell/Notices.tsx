import { CircleAlert, CircleCheck, Info, TriangleAlert, X, type LucideIcon } from 'lucide-react'
import { useEffect } from 'react'
import type { Tone } from '../lib/tone.ts'
import { useRoominess } from '../lib/use-media.ts'
import type { Notice } from '../state/notices.ts'
import type { Room } from '../../shared/domain/desk.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../ui/Button.tsx'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/IconButton.tsx'

const shownMilliseconds = 8_000

const looks: Readonly<
  Record<Tone, { readonly icon: LucideIcon; readonly mark: string; readonly edge: string }>
> = {
  info: { icon: Info, mark: 'text-soft', edge: 'border-edge' },
  good: { icon: CircleCheck, mark: 'text-good', edge: 'border-good/50' },
  warn: { icon: TriangleAlert, mark: 'text-warn', edge: 'border-warn/60' },
  bad: { icon: CircleAlert, mark: 'text-bad', edge: 'border-bad/60' },
}

type CardProps = { readonly notice: Notice; readonly others: number }

function NoticeCard({ notice, others }: CardProps) {
  const dismissNotice = useApp((state) => state.dismissNotice)
  const { id, tone, title, advice, detail, action } = notice
  // Good news disappears after a while; a problem stays until it is dismissed.
  useEffect(() => {
    if (tone === 'bad') return
    const timer = setTimeout(() => {
      dismissNotice(id)
    }, shownMilliseconds)
    return () => {
      clearTimeout(timer)
    }
  }, [id, tone, dismissNotice])
  const { icon: Icon, mark, edge } = looks[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames(
        'animate-appear pointer-events-auto flex min-h-8 max-w-full [@media(max-height:559px)]:min-h-6 items-center gap-2 rounded-lg border bg-raised pl-2.5 text-xs text-ink shadow-float',
        edge,
      )}
    >
      <Icon aria-hidden className={classNames('size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1 leading-4" data-selectable>
        <div
          className="line-clamp-2 [@media(max-height:559px)]:line-clamp-1"
          title={[title, advice].filter(Boolean).join(' ')}
        >
          <p className="inline font-semibold">{title}</p>{' '}
          {advice && <p className="inline text-soft">{advice}</p>}
        </div>
        {detail && (
          <details className="text-soft">
            <summary className="w-fit rounded-sm">Details</summary>
            <p className="max-h-40 overflow-y-auto py-1 font-mono break-words">{detail}</p>
          </details>
        )}
      </div>
      {action && (
        <Button
          size="small"
          className="h-6"
          onClick={() => {
            dismissNotice(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      {others > 0 && <span className="tabular shrink-0 text-faint">{others} more</span>}
      <IconButton
        size="small"
        label="Dismiss"
        icon={<X />}
        onClick={() => {
          dismissNotice(id)
        }}
      />
    </div>
  )
}

/** Beside what is at the right of a room, and before the buttons in its line. */
const places: Readonly<Record<Room, string>> = {
  make: 'left-0 right-80 px-4',
  compare: 'left-0 right-[calc(340px+20rem)] px-3',
  library: 'left-32 right-72 px-2',
}

/** Messages, the newest first: at the top, where a room has nothing but its name. */
export function Notices() {
  const notices = useApp((state) => state.notices)
  const room = useApp((state) => state.room)
  const { isNarrow } = useRoominess()
  const newest = notices.at(-1)
  return (
    <div
      aria-label="Messages"
      role="region"
      className={classNames(
        'pointer-events-none absolute top-0.5 z-30 flex justify-center',
        isNarrow ? 'inset-x-0 px-2' : places[room],
      )}
    >
      {newest && <NoticeCard key={newest.id} notice={newest} others={notices.length - 1} />}
    </div>
  )
}
