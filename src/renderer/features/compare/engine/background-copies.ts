import type { Milliseconds } from '../../../../shared/units.ts'

type BackgroundWork = {
  /** The picture has come and nothing plays: nobody waits for this machine. */
  readonly isQuiet: () => boolean
  /** It plays and can't keep up. */
  readonly isBusy: () => boolean
  /** Makes the copy of a side and opens it; ended by `signal`. */
  readonly open: (side: string, signal: AbortSignal) => Promise<void>
  readonly wait: (time: Milliseconds) => Promise<void>
  readonly signal: AbortSignal
}

export type BackgroundCopies = {
  /** Of these sides and no others; what is being opened for another one ends. Resolves once nothing is left to do. */
  readonly want: (sides: readonly string[]) => Promise<void>
}

const lookEvery: Milliseconds = 400

/** Opens a copy of each wanted side, one after the other, while nobody waits for this machine. */
export function createBackgroundCopies({
  isQuiet,
  isBusy,
  open,
  wait,
  signal,
}: BackgroundWork): BackgroundCopies {
  let wanted: readonly string[] = []
  /** Those that were opened, or could not be: without a copy a side is shown as before. */
  let done: readonly string[] = []
  let current: { readonly side: string; readonly attempt: AbortController } | null = null
  let running = false
  let round: Promise<void> = Promise.resolve()

  const next = () => (signal.aborted ? undefined : wanted.find((side) => !done.includes(side)))

  async function run() {
    running = true
    while (next() !== undefined) {
      await wait(lookEvery)
      const side = next()
      if (side !== undefined && isQuiet() && (await openOne(side))) done = [...done, side]
    }
    running = false
  }

  /** False where it was given up for what plays, or is not wanted any more. */
  async function openOne(side: string): Promise<boolean> {
    const attempt = new AbortController()
    current = { side, attempt }
    const opening = open(side, AbortSignal.any([signal, attempt.signal])).catch(() => undefined)
    let isOver = false
    while (!isOver && !signal.aborted && !attempt.signal.aborted) {
      isOver = await Promise.race([opening.then(() => true), wait(lookEvery).then(() => false)])
      if (!isOver && isBusy()) attempt.abort()
    }
    await opening
    current = null
    return !attempt.signal.aborted
  }

  return {
    want: (sides) => {
      wanted = sides
      done = done.filter((side) => sides.includes(side))
      if (current && !sides.includes(current.side)) current.attempt.abort()
      if (!running) round = run()
      return round
    },
  }
}
