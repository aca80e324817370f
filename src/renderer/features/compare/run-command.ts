import type { CompareCommand } from './keys.ts'
import { loopFrom, loopTo } from './loop.ts'
import type { PlayerPair } from './pair-types.ts'
import { nextSound, type HasSound } from './sound.ts'
import type { Timeline } from './shared-clock.ts'
import { unreachable } from '../../../shared/unreachable.ts'

/** What each command of the keyboard and the buttons does to the pair. */
export function runCommand(
  pair: PlayerPair,
  command: Exclude<CompareCommand, 'close'>,
  { timeline, videos }: { readonly timeline: Timeline; readonly videos: HasSound },
): void {
  const { loop, sound } = pair.status()
  switch (command) {
    case 'toggle':
      pair.toggle()
      return
    case 'back':
      pair.step(-1)
      return
    case 'forward':
      pair.step(1)
      return
    case 'back-ten':
      pair.step(-10)
      return
    case 'forward-ten':
      pair.step(10)
      return
    case 'start':
      pair.seek(timeline.start)
      return
    case 'end':
      pair.seek(timeline.end)
      return
    case 'loop':
      pair.setLoop({ ...loop, on: !loop.on })
      return
    case 'loop-from':
      pair.setLoop(loopFrom(loop, pair.reading().time, timeline))
      return
    case 'loop-to':
      pair.setLoop(loopTo(loop, pair.reading().time, timeline))
      return
    case 'sound':
      pair.setSound(nextSound(videos, sound))
      return
    default:
      unreachable(command)
  }
}
