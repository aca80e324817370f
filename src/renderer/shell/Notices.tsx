import { X } from 'lucide-react'
import { useEffect } from 'react'
import { Callout } from '../ui/Callout.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import type { Notice } from '../state/notices.ts'
import { useApp } from '../state/store.ts'

const shownMilliseconds = 8_000

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const dismissNotice = useApp((state) => state.dismissNotice)
  const { id, tone, title, advice, detail } = notice
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
  return (
    <Callout
      tone={tone}
      title={title}
      className="animate-appear pointer-events-auto shadow-float"
      action={
        <IconButton
          size="small"
          label="Dismiss"
          icon={<X />}
          className="-my-1"
          onClick={() => {
            dismissNotice(id)
          }}
        />
      }
    >
      {advice}
      {detail && <span className="mt-1 block font-mono text-[0.75rem] break-words">{detail}</span>}
    </Callout>
  )
}

/** Short messages at the foot of the window. */
export function Notices() {
  const notices = useApp((state) => state.notices)
  return (
    <div
      aria-label="Messages"
      role="region"
      className="pointer-events-none fixed bottom-28 left-4 z-50 flex w-[min(26rem,80vw)] flex-col gap-2"
    >
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}
