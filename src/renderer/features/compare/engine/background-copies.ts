import type { Milliseconds } from '../../../../shared/units.ts'

type BackgroundWork = {
  readonly sides: readonly number[]
  /** The picture has come and nothing plays: nobody waits for this machine. */
  readonly isQuiet: () => boolean
  /** It plays and can't keep up. */
  readonly isBusy: () => boolean
  /** Makes the copy of a side and opens it; ended by `signal`. */
  readonly open: (side: number, signal: AbortSignal) => Promise<void>
  readonly wait: (time: Milliseconds) => Promise<void>
  readonly signal: AbortSignal
}

const lookEvery: Milliseconds = 400

/** Opens a copy of each side, one after the other, while nobody waits for this machine. */
export async function openInBackground(work: BackgroundWork): Promise<void> {
  for (const side of work.sides) {
    let opened = false
    while (!opened && !work.signal.aborted) {
      await work.wait(lookEvery)
      if (work.isQuiet()) opened = await openOne(work, side)
    }
  }
}

/** False where it was given up for what plays. */
async function openOne({ isBusy, open, wait, signal }: BackgroundWork, side: number): Promise<boolean> {
  const attempt = new AbortController()
  const state = { isOver: false }
  const opening = open(side, AbortSignal.any([signal, attempt.signal]))
    // Without a copy the side is shown as before.
    .catch(() => undefined)
    .finally(() => {
      state.isOver = true
    })
  while (!state.isOver && !signal.aborted && !attempt.signal.aborted) {
    await Promise.race([opening, wait(lookEvery)])
    if (!state.isOver && isBusy()) attempt.abort()
  }
  await opening
  return !attempt.signal.aborted
}
