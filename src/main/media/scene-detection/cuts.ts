import type { Seconds } from '../../../shared/units.ts'
import { colourDistance, difference, type FrameSignature } from './frame-signature.ts'
import { comesBack, relate } from './same-scene.ts'

/** A smaller difference, in levels, is never seen as a new scene. */
const leastChange = 2.5
/** A cut differs from the changes around it by at least this factor; smaller ones are motion, fades or noise. */
const cutFactor = 1.8
/** A change larger than its busier side by this factor is not part of a motion. */
const farAbove = 2.5
/**
 * A jump of the camera or the subject changes at least this many levels, and this many times more than the frames
 * around it.
 */
const leastJump = 4
const sudden = 2.5
/** During motion, a cut changes brightness and colours by at least this many levels. */
const leastRecoloured = 6
/** Flashes, strobes and lightning are shorter; a scene that returns within this time was not cut. */
const flash: Seconds = 0.3
/** The maximum number of frames in memory, whatever the frame rate. */
const maxFramesHeld = 60

type Seen = {
  readonly time: Seconds
  readonly signature: FrameSignature
  /** From the frame before, in levels. */
  readonly change: number
  /** The change of brightness and colours since the frame before, in levels. */
  readonly recoloured: number
}

export function createCutFinder(found: {
  readonly cut: (time: Seconds) => void
  readonly jump: (time: Seconds) => void
}) {
  const held: Seen[] = []
  let decided = 0
  const at = (index: number) => held[index]

  /** The previous scene returns soon, or this scene was shown shortly before. */
  function isFlash(index: number): boolean {
    const before = at(index - 1)
    const now = at(index)
    if (!before || !now) return false
    for (let later = index + 1; later < held.length; later += 1) {
      const one = at(later)
      if (!one || one.time - before.time > flash) break
      if (comesBack(before.signature, one.signature, now.change)) return true
    }
    for (let earlier = index - 2; earlier >= 0; earlier -= 1) {
      const one = at(earlier)
      if (!one || now.time - one.time > flash) break
      if (comesBack(one.signature, now.signature, now.change)) return true
    }
    return false
  }

  /**
   * The usual change on one side: the smaller of the two nearest, because the other may be a cut as well; 0 at the ends
   * of what is in memory.
   */
  const usual = (nearer: Seen | undefined, farther: Seen | undefined, of: (seen: Seen) => number) =>
    nearer ? Math.min(of(nearer), farther ? of(farther) : Number.POSITIVE_INFINITY) : 0
  const around = (index: number, of: (seen: Seen) => number): readonly [number, number] => [
    // The first frame has no frame before it, so its change means nothing.
    usual(index > 1 ? at(index - 1) : undefined, index > 2 ? at(index - 2) : undefined, of),
    usual(at(index + 1), at(index + 2), of),
  ]

  /** Motion starts and ends gradually; a jump is sudden. A frame that is shown longer may change more. */
  function isSudden(index: number): boolean {
    const now = at(index)
    if (!now || now.change < leastJump) return false
    const waited = (one: number) => (at(one)?.time ?? 0) - (at(one - 1)?.time ?? 0)
    let most = 0
    for (let one = Math.max(1, index - 5); one <= Math.min(held.length - 1, index + 5); one += 1)
      if (one !== index) most = Math.max(most, (at(one)?.change ?? 0) / waited(one))
    return now.change / waited(index) >= sudden * most
  }

  function decide(index: number): void {
    const now = at(index)
    const before = at(index - 1)
    if (!now || !before || now.change < leastChange) return
    const changes = around(index, ({ change }) => change)
    if (now.change < cutFactor * Math.min(...changes)) return
    const busy = Math.max(...changes)
    const alone = now.change >= farAbove * busy
    if (!alone) {
      // During fast motion every frame looks new; a new scene also has other colours.
      const passing = [-2, -1, 1, 2].map((away) => at(index + away)?.recoloured ?? 0)
      if (now.recoloured < Math.max(leastRecoloured, 2.5 * Math.max(...passing))) return
    }
    const relation = relate(before.signature, now.signature, now.change / Math.max(busy, 0.1))
    if (relation === 'same') return
    if (isFlash(index)) return
    if (relation === 'other') found.cut(now.time)
    else if (isSudden(index)) found.jump(now.time)
  }

  const isReady = (index: number, last: Seen) => {
    const one = at(index)
    return one !== undefined && last.time - one.time > flash && held.length - index > 5
  }

  return {
    take: (time: Seconds, signature: FrameSignature): void => {
      const before = held.at(-1)
      const seen: Seen = {
        time,
        signature,
        change: before ? difference(before.signature, signature) : 0,
        recoloured: before ? colourDistance(before.signature, signature) : 0,
      }
      held.push(seen)
      while (decided < held.length && (isReady(decided, seen) || held.length - decided > maxFramesHeld)) {
        decide(decided)
        decided += 1
      }
      while (decided > 6 && (held.length > 2 * maxFramesHeld || seen.time - (at(6)?.time ?? 0) > 3 * flash)) {
        held.shift()
        decided -= 1
      }
    },
    close: (): void => {
      for (; decided < held.length; decided += 1) decide(decided)
    },
  }
}
