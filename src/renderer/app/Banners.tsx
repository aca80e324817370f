import { LibraryBig, Unplug, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { Spinner } from '../ui/Spinner.tsx'
import { useApp } from './store.ts'

function Banner({
  icon,
  title,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-3 border-b border-warn/35 bg-warn-wash px-4 py-2.5 text-sm [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-warn"
    >
      {icon}
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{title}</strong> <span className="text-soft">{children}</span>
      </p>
    </div>
  )
}

/** What keeps the whole window from working, until it is over. */
export function Banners() {
  const connected = useApp((state) => state.connected)
  const mediaTools = useApp((state) => state.about?.mediaTools ?? true)
  const library = useApp((state) => state.about?.libraryNotices[0]?.problem ?? null)
  return (
    <>
      {!connected && (
        <Banner icon={<Unplug aria-hidden />} title="The studio is not answering.">
          <Spinner className="mr-1 inline size-3.5 align-[-2px]" />
          Trying again by itself. If this stays, start Understudy again: submitted takes are not lost.
        </Banner>
      )}
      {library && (
        <Banner icon={<LibraryBig aria-hidden />} title={library.message}>
          {library.advice} {library.detail && <span data-selectable>({library.detail})</span>}
        </Banner>
      )}
      {!mediaTools && (
        <Banner icon={<Wrench aria-hidden />} title="Video tools are missing.">
          Understudy needs ffmpeg to read and prepare files. Install ffmpeg on this computer, then start
          Understudy again.
        </Banner>
      )}
    </>
  )
}
