import { useEffect, useRef, useState } from 'react'
import type { Comparison } from '../../../shared/domain/views.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { sideBySide, type Size } from './arrangement.ts'
import type { PairStatus } from './pair-types.ts'
import type { Readings } from './readings.ts'
import { SidePane } from './SidePane.tsx'
import { sides } from './shared-clock.ts'
import type { VideoRefs } from './use-player-pair.ts'
import { sideNames } from './words.ts'

export type StageProps = {
  readonly comparison: Comparison
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly status: PairStatus
  readonly onToggle: () => void
}

/** The two pictures. The video elements stay the same however they are arranged. */
export function Stage({ comparison, refs, readings, status, onToggle }: StageProps) {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [])

  const rects = sideBySide(size, comparison)
  return (
    <div className="min-h-0 flex-1 bg-stage p-3">
      <div ref={box} className="relative h-full" onClick={onToggle}>
        {sides.map((side) => (
          <SidePane
            key={side}
            side={side}
            video={comparison[side]}
            videoRef={refs[side]}
            rect={rects[side]}
            readings={readings}
            heard={status.sound === side}
          />
        ))}
        {status.phase === 'loading' && (
          <p className="absolute inset-0 flex items-center justify-center gap-2 text-sm text-white/80">
            <Spinner /> Opening both videos
          </p>
        )}
        {status.catchingUp && (
          <p
            role="status"
            className="absolute inset-x-0 bottom-3 mx-auto flex w-fit items-center gap-2 rounded-full bg-black/80 px-3.5 py-1.5 text-sm text-white forced-colors:border"
          >
            <Spinner /> Out of step. Waiting for both sides.
          </p>
        )}
        {status.failed !== null && (
          <div className="absolute inset-0 flex items-center justify-center p-6">
            <Callout
              tone="bad"
              title={`This window cannot play the ${sideNames[status.failed].toLowerCase()}.`}
            >
              The file is safe in the library. Save it or show it in its folder to open it in another player.
            </Callout>
          </div>
        )}
      </div>
    </div>
  )
}
