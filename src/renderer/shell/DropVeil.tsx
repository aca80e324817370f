import { ArrowDownToLine } from 'lucide-react'

/** Lies over the window while files hover above it. */
export function DropVeil() {
  return (
    <div className="pointer-events-none fixed inset-0 z-50 bg-black/60 p-6">
      <div className="flex h-full flex-col items-center justify-center gap-3 rounded-3xl border-2 border-dashed border-white/60 text-white">
        <ArrowDownToLine aria-hidden className="size-10" strokeWidth={1.25} />
        <p className="text-lg font-semibold">Drop an image, a video, or both</p>
        <p className="text-sm text-white/80">Understudy sees which is which.</p>
      </div>
    </div>
  )
}
