import type { Socket } from 'node:net'
import type { Milliseconds } from '../../shared/units.ts'

/** A limit is waited for in so many parts. */
const parts = 4
/** A busy process is late by less; more means that it was stopped, or asleep with its machine. */
const lateness: Milliseconds = 1000

/** Some systems stop the steady clock in a sleep, and any user may set the other: the one that saw more passes counts. */
function stopwatch(): () => Milliseconds {
  const [wall, steady] = [Date.now(), performance.now()]
  return () => Math.max(Date.now() - wall, performance.now() - steady)
}

/** A time limit that counts only time in which this process could have heard something. */
export type AwakeLimit = {
  /** Begins again, because something was heard. */
  readonly again: () => void
  readonly stop: () => void
}

/**
 * Calls `onEnd` once, after `limit`. A machine that wakes up fires its timers before it reads what came meanwhile, so a
 * part that ended late is waited for again, and what waits to be read is read before the end is believed.
 */
export function limitAwake(limit: Milliseconds, onEnd: () => void): AwakeLimit {
  let left = parts
  let ended = false
  let passed = stopwatch()
  const timer = () => setTimeout(check, limit / parts)
  let waiting = timer()
  function check() {
    if (passed() <= limit / parts + lateness) left -= 1
    if (left > 0) {
      passed = stopwatch()
      waiting = timer()
      return
    }
    setImmediate(() => {
      if (ended || left > 0) return
      ended = true
      onEnd()
    })
  }
  return {
    again: () => {
      if (ended) return
      clearTimeout(waiting)
      left = parts
      passed = stopwatch()
      waiting = timer()
    },
    stop: () => {
      ended = true
      clearTimeout(waiting)
    },
  }
}

/**
 * Calls `onStall` when nothing has come or left on a connection for `limit`, by the rule above. What leaves slowly moves
 * as well; only the socket itself knows that, so its own timer is used.
 */
export function watchStall(socket: Socket, limit: Milliseconds, onStall: () => void): () => void {
  const moved = () => socket.bytesRead + socket.bytesWritten
  let quiet = 0
  let before = moved()
  let passed = stopwatch()
  const check = () => {
    const now = moved()
    // It also comes late where something moved on the way, and this part alone was quiet.
    quiet = now === before && passed() <= limit / parts + lateness ? quiet + 1 : 1
    before = now
    passed = stopwatch()
    if (quiet < parts) socket.setTimeout(limit / parts)
    else {
      setImmediate(() => {
        if (socket.timeout !== 0 && moved() === now) onStall()
      })
    }
  }
  socket.setTimeout(limit / parts)
  socket.on('timeout', check)
  return () => {
    socket.setTimeout(0)
    socket.off('timeout', check)
  }
}
