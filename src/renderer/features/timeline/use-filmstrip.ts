import { useEffect, useRef, useState } from 'react'
import type { ClipFacts } from '../../../shared/domain/media.ts'
import type { StripPicture } from '../../../shared/domain/scan.ts'
import { desktop } from '../../lib/desktop.ts'
import { later } from './later.ts'
import { createStripLoader, type StripLoader } from './strip-loader.ts'
import type { Slot } from './strip.ts'

/** The pictures of a clip that are known so far, for the slots in sight. */
export function useFilmstrip(
  file: string,
  { duration, keyframeInterval }: Pick<ClipFacts, 'duration' | 'keyframeInterval'>,
  slots: readonly Slot[],
): readonly StripPicture[] {
  const [pictures, setPictures] = useState<readonly StripPicture[]>([])
  const loader = useRef<StripLoader | null>(null)
  useEffect(() => {
    loader.current = createStripLoader({
      duration,
      keyframeInterval,
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
  }, [file, duration, keyframeInterval])
  useEffect(() => {
    loader.current?.want(slots)
  }, [file, duration, keyframeInterval, slots])
  return pictures
}
