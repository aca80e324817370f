import { useEffect, useRef, useState } from 'react'
import type { StripPicture } from '../../../../shared/scan.ts'
import type { Seconds } from '../../../../shared/units.ts'
import { desktop } from '../../../desktop.ts'
import { later } from './later.ts'
import { createStripLoader, type StripLoader } from './strip-loader.ts'
import type { Slot } from './strip.ts'

/** The pictures of a clip that are known so far, for the slots in sight. */
export function useFilmstrip(
  file: string,
  duration: Seconds,
  slots: readonly Slot[],
): readonly StripPicture[] {
  const [pictures, setPictures] = useState<readonly StripPicture[]>([])
  const loader = useRef<StripLoader | null>(null)
  useEffect(() => {
    loader.current = createStripLoader({
      duration,
      later,
      onPictures: setPictures,
      ask: async (request, call) => {
        const answer = await desktop().ask['clip:filmstrip']({ file, ...request }, call)
        return answer.ok ? answer.value : null
      },
      cancel: (call) => void desktop().ask['call:cancel']({ call }),
    })
    return () => {
      loader.current?.dispose()
    }
  }, [file, duration])
  useEffect(() => {
    loader.current?.want(slots)
  }, [file, duration, slots])
  return pictures
}
