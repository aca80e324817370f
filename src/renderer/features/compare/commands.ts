import type { CommandOf } from '../../lib/shortcuts.ts'
import { loopFrom, loopTo, type Timeline } from './shared-clock.ts'
import type { PlayerPair } from './pair-types.ts'
import { nextSpeed, shuttle, type ShuttleKey } from './shuttle.ts'
import { nextSound, type HasSound } from './sound.ts'
import type { TimeFieldHandle } from './TimeField.tsx'
import type { FullScreen } from './use-full-screen.ts'
import type { ViewCommands } from './use-view.ts'

export type CompareCommands = Readonly<Record<CommandOf<'comparison'>, () => void>>

/** What the keys do to the takes of a comparison. */
export type TakeCommands = {
  readonly choose: (index: number) => void
  readonly flip: () => void
  /** Shows the chosen result so many frames later. */
  readonly moveBy: (frames: number) => void
}

type Comparing = {
  /** Null until both videos are loaded. */
  readonly pair: PlayerPair | null
  readonly timeline: Timeline
  readonly videos: HasSound
  readonly view: ViewCommands
  readonly place: Pick<TimeFieldHandle, 'goTo' | 'copyPlace'>
  readonly takes: TakeCommands
  readonly fullScreen: FullScreen
  readonly onClose: () => void
}

/** What each command of the keyboard and the buttons does to the pair. */
export const compareCommands = ({
  pair,
  timeline,
  videos,
  view,
  place,
  takes,
  fullScreen,
  onClose,
}: Comparing): CompareCommands => ({
  'shuttle-back': () => {
    shuttleBy(pair, 'back')
  },
  'shuttle-pause': () => {
    shuttleBy(pair, 'pause')
  },
  'shuttle-forward': () => {
    shuttleBy(pair, 'forward')
  },
  'speed-down': () => pair?.setSpeed(nextSpeed(pair.status().speed, -1)),
  'speed-up': () => pair?.setSpeed(nextSpeed(pair.status().speed, 1)),
  'go-to': place.goTo,
  'copy-place': place.copyPlace,
  'offset-earlier': () => {
    takes.moveBy(-1)
  },
  'offset-later': () => {
    takes.moveBy(1)
  },
  'take-1': () => {
    takes.choose(0)
  },
  'take-2': () => {
    takes.choose(1)
  },
  'take-3': () => {
    takes.choose(2)
  },
  'take-4': () => {
    takes.choose(3)
  },
  flip: takes.flip,
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

/** What is done to one take; undefined where there is nothing to do it. */
export const ofTake = (id: string, act: ((id: string) => void) | undefined) =>
  act &&
  (() => {
    act(id)
  })

function shuttleBy(pair: PlayerPair | null, key: ShuttleKey) {
  if (pair === null) return
  const { phase, speed } = pair.status()
  const todo = shuttle(key, { playing: phase === 'playing', speed })
  if (todo.act === 'pause') pair.pause()
  else if (todo.act === 'step') pair.step(todo.frames)
  else {
    pair.setSpeed(todo.speed)
    pair.play()
  }
}
