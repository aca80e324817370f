import { useSyncExternalStore } from 'react'
import { KeyRound, Keyboard, Settings2 } from 'lucide-react'
import { QueueButton } from '../features/queue/QueueView.tsx'
import { ThemeSwitch } from '../features/settings/ThemeSwitch.tsx'
import { Badge } from '../ui/Badge.tsx'
import { IconButton } from '../ui/IconButton.tsx'
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

/** The provider of the next take, and what that means for the user's money. */
function ProviderBadge() {
  const provider = useApp(({ providers, takeSettings }) =>
    providers.find(({ id }) => id === takeSettings.provider),
  )
  if (!provider) return null
  if (!provider.practice) return <Badge tone="info">{provider.name}</Badge>
  return (
    <span className="flex shrink-0 items-center gap-2">
      <Badge tone="good">PRACTICE</Badge>
      <span className="hidden text-xs text-faint min-[760px]:inline">free, on this computer</span>
    </span>
  )
}

/** Takes keep running at their providers; this only says why there is no news of them. */
function OfflineBadge() {
  const online = useOnline()
  return (
    <span role="status" className="min-w-0">
      {!online && (
        <span className="flex items-center gap-2">
          <Badge tone="warn">Offline</Badge>
          <span title={text.offlineMore} className="hidden truncate text-xs text-faint min-[900px]:inline">
            {text.offline}
          </span>
        </span>
      )}
    </span>
  )
}

type HeaderProps = {
  readonly onAccounts: () => void
  readonly onSettings: () => void
  readonly onShortcuts: () => void
}

export function Header({ onAccounts, onSettings, onShortcuts }: HeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-panel px-4">
      <Mark className="size-6 shrink-0" />
      <span className="text-base font-semibold tracking-tight">Understudy</span>
      <span aria-hidden className="mx-1 h-4 w-px bg-line" />
      <ProviderBadge />
      <OfflineBadge />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <ThemeSwitch iconsOnly />
        <span className="ml-2">
          <QueueButton />
        </span>
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
