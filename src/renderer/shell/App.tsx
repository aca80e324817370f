import { ArrowDownToLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Problem } from '../../shared/outcome.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { Mark, Header } from './Header.tsx'
import { useApp } from '../state/store.ts'
import { AccountsView } from '../features/accounts/AccountsView.tsx'
import { LibraryRoom } from '../features/takes/library/LibraryRoom.tsx'
import { TrashDialog } from '../features/takes/library/TrashDialog.tsx'
import { BoardDialog } from '../features/takes/marks/BoardDialog.tsx'
import { TagsDialog } from '../features/takes/marks/TagsDialog.tsx'
import { useQuestions, useRunning } from '../features/takes/open-takes.ts'
import { TakeSheet } from '../features/takes/TakeSheet.tsx'
import { CompareRoom } from './CompareRoom.tsx'
import { MakeRoom } from './make/MakeRoom.tsx'
import { SettingsDialog } from '../features/settings/SettingsDialog.tsx'
import { useTheme } from '../features/settings/ThemeSwitch.tsx'
import { Banners } from './Banners.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { FileDialog } from '../features/files/FileDialog.tsx'
import { LibraryMoving } from './LibraryMoving.tsx'
import { Notices } from './Notices.tsx'
import { QueueWindows } from './QueueWindow.tsx'
import { SetUp } from './SetUp.tsx'
import { useCore } from './use-core.ts'
import { useDesk } from './use-desk.ts'
import { useDrop } from './use-drop.ts'
import { useShortcuts } from '../lib/use-shortcuts.ts'
import type { Scope } from '../lib/shortcuts.ts'
import { ShortcutSheet } from '../ui/ShortcutSheet.tsx'
import { text } from './text.ts'

/** Lies over the window while files hover above it. */
function DropVeil() {
  return (
    <div className="pointer-events-none fixed inset-0 z-50 bg-black/85 p-6">
      <div className="flex h-full flex-col items-center justify-center gap-3 rounded-xl border-2 border-dashed border-white/60 text-white">
        <ArrowDownToLine aria-hidden className="size-10" strokeWidth={1.25} />
        <p className="text-xl font-semibold">{text.dropHere}</p>
        <p className="text-sm text-white/80">{text.tellsApart}</p>
      </div>
    </div>
  )
}

/** What is seen until the core has answered for the first time. */
function StartScreen({ problem }: { readonly problem: Problem | null }) {
  const readCore = useApp((state) => state.readCore)
  return (
    <main className="flex h-full flex-col items-center justify-center gap-4 p-8 text-center">
      <Mark className="size-12" />
      {problem ? (
        <div role="alert" className="max-w-md space-y-3">
          <h1 className="text-xl font-semibold">{problem.message}</h1>
          {problem.advice && <p className="text-sm text-soft">{problem.advice}</p>}
          <Button onClick={() => void readCore()}>Try again</Button>
        </div>
      ) : (
        <p role="status" className="flex items-center gap-2 text-sm text-soft">
          <Spinner />
          Opening Understudy…
        </p>
      )}
    </main>
  )
}

/** One of the three rooms; each fails without the others. */
function CurrentRoom() {
  const room = useApp((state) => state.room)
  if (room === 'compare') return <CompareRoom />
  if (room === 'library')
    return (
      <ErrorBoundary key="library" part="The library">
        <div className="relative h-full">
          <LibraryRoom />
          <TakeSheet />
        </div>
      </ErrorBoundary>
    )
  return (
    <ErrorBoundary key="make" part="The preparation page">
      <MakeRoom />
    </ErrorBoundary>
  )
}

function Accounts() {
  const place = useApp((state) => state.accountsPlace)
  if (!place) return null
  return (
    <ErrorBoundary part="The accounts page">
      <AccountsView place={place} />
    </ErrorBoundary>
  )
}

/** What is in the queue and what waits for an answer is read on the tab or the taskbar, too. */
function useTitle(): void {
  const asks = useQuestions().length
  const running = useRunning().length
  const { paused, waiting } = useApp((state) => state.takeQueue)
  const questions = asks > 0 ? text.questions(asks) : ''
  const isQueueEmpty = running + waiting.length === 0 && !paused
  const queue = isQueueEmpty ? '' : text.queueChip({ running, waiting: waiting.length, paused })
  useEffect(() => {
    document.title = [questions, queue, 'Understudy'].filter(Boolean).join(' · ')
  }, [questions, queue])
}

type Sheet = 'settings' | 'shortcuts'

const listed: readonly Scope[] = ['window', 'generate', 'timeline', 'history', 'takes', 'library', 'controls']

function Studio() {
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const chooseInput = useApp((state) => state.chooseInput)
  const openTake = useApp((state) => state.openTake)
  const openAccounts = useApp((state) => state.openAccounts)
  const enterRoom = useApp((state) => state.enterRoom)
  const hovering = useDrop()
  useTitle()
  const close = () => {
    setSheet(null)
  }
  useShortcuts('window', {
    choose: () => {
      openTake(null)
      void chooseInput('any')
    },
    make: () => {
      enterRoom('make')
    },
    compare: () => {
      enterRoom('compare')
    },
    library: () => {
      enterRoom('library')
    },
    accounts: () => {
      openAccounts()
    },
    settings: () => {
      setSheet('settings')
    },
    shortcuts: () => {
      setSheet('shortcuts')
    },
  })
  return (
    // At 400 % everything keeps a height in which it can be read, and the whole studio scrolls.
    <div className="flex h-full flex-col [@media(max-height:359px)]:h-[30rem]">
      <Header
        onAccounts={() => {
          openAccounts()
        }}
        onSettings={() => {
          setSheet('settings')
        }}
        onShortcuts={() => {
          setSheet('shortcuts')
        }}
      />
      <Banners />
      <main className="relative min-h-0 flex-1">
        <CurrentRoom />
        <Notices />
      </main>
      {hovering && <DropVeil />}
      {sheet && (
        <ErrorBoundary part="This window">
          {sheet === 'settings' ? (
            <SettingsDialog onClose={close} />
          ) : (
            <ShortcutSheet
              title="Keyboard shortcuts"
              description={text.comparisonShortcuts}
              scopes={listed}
              onClose={close}
            />
          )}
        </ErrorBoundary>
      )}
      <ErrorBoundary part="The set-up">
        <SetUp />
      </ErrorBoundary>
      <Accounts />
      <ErrorBoundary part="This window">
        <BoardDialog />
        <TagsDialog />
        <TrashDialog />
      </ErrorBoundary>
      <ErrorBoundary part="The queue">
        <QueueWindows />
      </ErrorBoundary>
      <ErrorBoundary part="The file chooser">
        <FileDialog />
      </ErrorBoundary>
    </div>
  )
}

export function App() {
  useCore()
  useDesk()
  useTheme()
  const start = useApp((state) => state.start)
  const language = useApp((state) => state.settings.language)
  return (
    <>
      {start.step === 'ready' ? (
        // In another language, everything is drawn again.
        <Studio key={language} />
      ) : (
        <StartScreen problem={start.step === 'failed' ? start.problem : null} />
      )}
      <LibraryMoving />
    </>
  )
}
