import type { Milliseconds } from '../../../shared/units.ts'

/** The part of a video element that the player uses. */
export type LoopVideo = Pick<
  HTMLVideoElement,
  | 'currentTime'
  | 'playbackRate'
  | 'paused'
  | 'readyState'
  | 'play'
  | 'pause'
  | 'addEventListener'
  | 'removeEventListener'
> &
  Partial<Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>>

type Seeker = {
  /** Goes to a frame as soon as the seek under way has landed; of several wishes only the newest is carried out. */
  readonly request: (frame: number, then: () => void) => void
  /** Forgets what waits, and what would come after the seek under way. */
  readonly forget: () => void
  readonly isBusy: () => boolean
}

type SeekerOptions = {
  readonly video: LoopVideo
  readonly goTo: (frame: number) => void
  /** Copies the picture to the screen; false while it is not yet the wanted one. */
  readonly isShown: (frame: number) => boolean
  readonly later: (run: () => void, delay: Milliseconds) => () => void
}

/** A seek is announced before its picture is there; a player that has none to show must not hold everything up. */
const maxLooks = 40
const betweenLooks: Milliseconds = 16

type Wish = { readonly frame: number; then: () => void }

/** `HTMLMediaElement.HAVE_CURRENT_DATA`: until then it is unknown whether the player reaches every frame. */
const canSeek = 2

export function createSeeker({ video, goTo, isShown, later }: SeekerOptions): Seeker {
  let waiting: Wish | null = null
  let current: Wish | null = null

  const finish = (wish: Wish) => {
    if (current !== wish) return
    current = null
    const next = waiting
    waiting = null
    if (next) begin(next)
    else wish.then()
  }
  const look = (wish: Wish, left: number) => {
    if (current !== wish) return
    // A newer seek is waiting, so this picture is not needed any more.
    if (waiting || isShown(wish.frame) || left === 0) finish(wish)
    else
      later(() => {
        look(wish, left - 1)
      }, betweenLooks)
  }
  const begin = (wish: Wish) => {
    current = wish
    const landed = () => {
      for (const event of ['seeked', 'error', 'emptied']) video.removeEventListener(event, landed)
      look(wish, maxLooks)
    }
    const start = () => {
      video.removeEventListener('loadeddata', start)
      for (const event of ['seeked', 'error', 'emptied']) video.addEventListener(event, landed)
      goTo(wish.frame)
    }
    if (video.readyState >= canSeek) start()
    else video.addEventListener('loadeddata', start)
  }

  return {
    request: (frame, then) => {
      const wish = { frame, then }
      if (current) waiting = wish
      else begin(wish)
    },
    forget: () => {
      waiting = null
      if (current) current.then = () => undefined
    },
    isBusy: () => current !== null,
  }
}
