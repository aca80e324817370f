import { CircleHelp, Clock3, KeyRound, Keyboard, Pause, Settings2 } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { QueueButton } from '../features/queue/Preparations.tsx'
import { useQuestions, useRunning } from '../features/takes/open-takes.ts'
import { spentWords } from '../lib/ledger.ts'
import { useToday } from '../lib/use-now.ts'
import { rooms, type Room } from '../../shared/domain/desk.ts'
import { Badge } from '../ui/Badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { keysOf } from '../lib/shortcuts.ts'
import { useApp } from '../state/store.ts'
import { text } from './text.ts'

/** The sign of Understudy: one figure and the outline that follows it. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <circle cx="12" cy="16" r="9" className="fill-accent" />
      <circle cx="20" cy="16" r="8.25" className="fill-none stroke-ink" strokeWidth="1.75" />
    </svg>
  )
}

function subscribe(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** False where this computer certainly has no network; true proves nothing, so nothing is held back because of it. */
const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

/** Takes keep running at their providers; this only says why there is no news of them. */
function OfflineBadge() {
  const online = useOnline()
  return (
    <span role="status" className="min-w-0">
      {!online && (
        <span title={`${text.offline} ${text.offlineMore}`}>
          <Badge tone="warn">Offline</Badge>
        </span>
      )}
    </span>
  )
}

const roomWords: Readonly<Record<Room, string>> = { make: 'Make', compare: 'Compare', library: 'Library' }

function Rooms() {
  const room = useApp((state) => state.room)
  const enterRoom = useApp((state) => state.enterRoom)
  return (
    <nav aria-label="Rooms" className="flex min-h-10 items-stretch self-stretch">
      {rooms.map((one) => (
        <Tooltip key={one} text={roomWords[one]} keys={keysOf('window', one)}>
          <button
            type="button"
            aria-current={one === room ? 'page' : undefined}
            className={classNames(
              'border-b-2 px-3 text-sm font-medium focus-visible:-outline-offset-2 max-[479px]:px-2',
              one === room ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
            )}
            onClick={() => {
              enterRoom(one)
            }}
          >
            {roomWords[one]}
          </button>
        </Tooltip>
      ))}
    </nav>
  )
}

const chip =
  'flex h-7 shrink-0 items-center gap-1.5 rounded-lg px-2 text-sm whitespace-nowrap hover:bg-hover [&_svg]:size-3.5'

/** What runs and waits; a press opens the queue. */
function QueueChip() {
  const running = useRunning().length
  const { paused, waiting } = useApp((state) => state.takeQueue)
  const showQueue = useApp((state) => state.showQueue)
  if (running + waiting.length === 0 && !paused) return null
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      className={classNames(chip, 'tabular', paused ? 'bg-warn-wash font-medium text-warn' : 'text-soft')}
      onClick={() => {
        showQueue('takes')
      }}
    >
      {paused ? <Pause aria-hidden /> : running > 0 ? <Spinner /> : <Clock3 aria-hidden />}
      {text.queueChip({ running, waiting: waiting.length, paused })}
    </button>
  )
}

/** Takes that wait for an answer; each press leads to the next one. */
function QuestionChip() {
  const questions = useQuestions()
  const shown = useApp((state) => state.detailsTakeId)
  const putOnStage = useApp((state) => state.putOnStage)
  const next = questions[(questions.indexOf(shown ?? '') + 1) % Math.max(1, questions.length)]
  if (next === undefined) return null
  return (
    <button
      type="button"
      className={classNames(chip, 'tabular bg-warn-wash font-medium text-warn')}
      onClick={() => {
        putOnStage(next)
      }}
    >
      <CircleHelp aria-hidden />
      {text.questions(questions.length)}
    </button>
  )
}

/** What was spent today; a press opens the ledger. */
function SpentChip() {
  const spend = useApp((state) => state.spend)
  const openAccounts = useApp((state) => state.openAccounts)
  const today = useToday()
  const words = spentWords(spend, new Date(today))
  if (words === null) return null
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      className={classNames(chip, 'tabular text-soft')}
      onClick={() => {
        openAccounts('spending')
      }}
    >
      {words}
    </button>
  )
}

type HeaderProps = {
  readonly onAccounts: () => void
  readonly onSettings: () => void
  readonly onShortcuts: () => void
}

/** The rooms, and what one wants to know whichever is open. */
export function Header({ onAccounts, onSettings, onShortcuts }: HeaderProps) {
  return (
    <header className="flex min-h-11 shrink-0 items-center gap-2 border-b max-[479px]:flex-wrap border-line bg-panel px-3">
      <Mark className="size-6 shrink-0 max-[399px]:hidden" />
      <span className="text-base font-semibold tracking-tight max-[759px]:sr-only">Understudy</span>
      <Rooms />
      <OfflineBadge />
      <div className="ml-auto flex min-w-0 items-center gap-1">
        <QueueChip />
        <QuestionChip />
        <SpentChip />
        <QueueButton />
        <IconButton
          label="Accounts"
          keys={keysOf('window', 'accounts')}
          icon={<KeyRound />}
          onClick={onAccounts}
        />
        <IconButton
          label="Keyboard shortcuts"
          keys={keysOf('window', 'shortcuts')}
          icon={<Keyboard />}
          className="max-[639px]:hidden"
          onClick={onShortcuts}
        />
        <IconButton
          label="Settings and about"
          keys={keysOf('window', 'settings')}
          icon={<Settings2 />}
          onClick={onSettings}
        />
      </div>
    </header>
  )
}
