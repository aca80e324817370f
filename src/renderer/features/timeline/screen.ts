import { clipTime, type ClockStart } from '../../../shared/domain/player-clock.ts'
import type { Seconds } from '../../../shared/units.ts'

/** What the user looks at: a copy of single frames of a video. */
export type Screen = {
  /** Copies the picture the video has now where its time is right; false where it is not, and nothing changes then. */
  readonly copy: (isWanted: (time: Seconds) => boolean) => boolean
  /** The time of the newest picture that was looked at, copied or not. All times count from the first frame. */
  readonly lastTime: () => Seconds | null
  /** Calls whenever the video has a new picture. */
  readonly watch: (listener: () => void) => () => void
}

/** Large enough for any preview, small enough to be copied in time. */
const mostPixelsWide = 1280

/** Seconds of the very picture the video holds, on the player's clock; null where the browser cannot tell. */
function timeOf(video: HTMLVideoElement): Seconds | null {
  if (typeof VideoFrame === 'undefined') return null
  try {
    const frame = new VideoFrame(video)
    const time = frame.timestamp / 1e6
    frame.close()
    return time
  } catch {
    // A video of another origin, or one without a picture yet.
    return null
  }
}

export function createScreen(video: HTMLVideoElement, canvas: HTMLCanvasElement, start: ClockStart): Screen {
  const scratch = document.createElement('canvas')
  let reported: Seconds | null = null
  let newest: Seconds | null = null

  const now = (): Seconds | null => {
    const time = timeOf(video) ?? reported
    return time === null ? null : clipTime(start, time)
  }

  const fit = () => {
    const scale = Math.min(1, mostPixelsWide / Math.max(1, video.videoWidth))
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
    for (const each of [canvas, scratch]) {
      if (each.width !== width) each.width = width
      if (each.height !== height) each.height = height
    }
    return { width, height }
  }

  return {
    copy: (isWanted) => {
      const before = now()
      newest = before
      if (before === null || !isWanted(before)) return false
      const { width, height } = fit()
      if (width === 0 || height === 0) return false
      scratch.getContext('2d')?.drawImage(video, 0, 0, width, height)
      // The video may have moved on meanwhile: then either of the two may have been drawn.
      newest = now()
      if (newest !== before) return false
      canvas.getContext('2d')?.drawImage(scratch, 0, 0)
      return true
    },
    lastTime: () => newest,
    watch: (listener) => {
      let watching = 0
      const onFrame = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
        reported = mediaTime
        watching = video.requestVideoFrameCallback(onFrame)
        listener()
      }
      if (typeof video.requestVideoFrameCallback !== 'function') return () => undefined
      watching = video.requestVideoFrameCallback(onFrame)
      return () => {
        video.cancelVideoFrameCallback(watching)
      }
    },
  }
}
