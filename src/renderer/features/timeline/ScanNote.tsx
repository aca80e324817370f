import { useApp } from '../../state/store.ts'
import { useCallProgress } from '../../lib/use-call-progress.ts'
import { Progress } from '../../ui/Progress.tsx'

/** What stands below the clip while it is looked through. Nothing waits for it: all it finds are hints. */
export function ScanNote() {
  const call = useApp((state) => state.clipLook?.pending['clip:scan'] ?? null)
  const fraction = useCallProgress(call)
  if (call === null) return null
  return (
    <div className="space-y-1.5 text-xs text-faint">
      <p>Looking through the clip for cuts and stillness…</p>
      <Progress label="Looking through the clip" fraction={fraction} />
    </div>
  )
}
