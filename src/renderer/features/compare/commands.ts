import type { CommandOf } from '../../lib/shortcuts.ts'
import { loopFrom, loopTo, type Timeline } from './shared-clock.ts'
import type { PlayerPair } from './pair-types.ts'
import { nextSound, type HasSound } from './sound.ts'
import type { FullScreen } from './use-full-screen.ts'
import type { ViewCommands } from './use-view.ts'

export type CompareCommands = Readonly<Record<CommandOf<'comparison'>, () => void>>

type Comparing = {
  /** Null until both videos are loaded. */
  readonly pair: PlayerPair | null
  readonly timeline: Timeline
  readonly videos: HasSound
  readonly view: ViewCommands
  readonly fullScreen: FullScreen
  readonly onClose: () => void
}

/** What each command of the keyboard and the buttons does to the pair. */
export const compareCommands = ({
  pair,
  timeline,
  videos,
  view,
  fullScreen,
  onClose,
}: Comparing): CompareCommands => ({
  toggle: () => pair?.toggle(),
  back: () => pair?.step(-1),
  forward: () => pair?.step(1),
  'back-ten': () => pair?.step(-10),
  'forward-ten': () => pair?.step(10),
  start: () => pair?.seek(timeline.start),
  end: () => pair?.seek(timeline.end),
  loop: () => {
    const loop = pair?.status().loop
    if (loop) pair.setLoop({ ...loop, on: !loop.on })
  },
  'loop-from': () => pair?.setLoop(loopFrom(pair.status().loop, pair.reading().time, timeline)),
  'loop-to': () => pair?.setLoop(loopTo(pair.status().loop, pair.reading().time, timeline)),
  sound: () => pair?.setSound(nextSound(videos, pair.status().sound)),
  ...view,
  'full-screen': fullScreen.toggle,
  close: () => {
    if (!fullScreen.leave()) onClose()
  },
})
