import { join } from 'node:path'
import type { EventName } from '../../shared/contract.ts'
import { cancelled, fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import { bytesOf, entriesOf, placeIn } from '../core/move-plan.ts'
import { beingMoved, chooseAgain, notReopened, wasMoved } from '../core/move-problems.ts'
import type { Moved } from '../core/library-move.ts'
import type { Studio } from '../core/studio.ts'
import { randomToken } from '../files/file-tokens.ts'
import type { Call } from '../prepare/types.ts'
import { databaseFile } from '../system/moved-home.ts'
import type { Handlers } from './dispatch.ts'
import type { FaceServices } from './face-services.ts'
import type { Gate } from './gate.ts'

export type MoveCalls = 'library:plan-move' | 'library:move' | 'library:reveal'

export type MoveParts = {
  readonly home: string
  readonly face: Pick<FaceServices, 'chooseFolder' | 'reveal'>
  readonly gate: Gate
  readonly studio: () => Pick<Studio, 'mayMove' | 'move' | 'close'>
  /** Resolves when what the start began behind the calls has ended. */
  readonly tidied: () => Promise<unknown>
  /** Opens the library again, in the place of the studio that was stopped. */
  readonly reopen: () => Promise<Outcome<unknown>>
  readonly announce: (name: EventName, payload: unknown) => void
  /** The library is closed, and opens in this folder from now on. */
  readonly onMoved: (to: string) => void
}

const aborted = ({ signal }: Call) =>
  new Promise<void>((resolve) => {
    if (signal?.aborted) resolve()
    else
      signal?.addEventListener('abort', () => {
        resolve()
      })
  })

/** Moving the library while a window is open: nothing of this process may write to it meanwhile. */
export function createMover(parts: MoveParts) {
  const { home, face, gate, announce } = parts
  let planned: { readonly plan: string; readonly to: string } | null = null
  let moving: Promise<unknown> = Promise.resolve()
  let isClosing = false

  /** Whole percents: a library has thousands of files. */
  function progressTo(to: string) {
    let last: number | null = null
    return (fraction: number | null) => {
      const percent = fraction === null ? null : Math.floor(fraction * 100)
      if (percent === last) return
      last = percent
      announce('library:moving', { to, fraction: percent === null ? null : percent / 100 })
    }
  }

  /** Opens the library again in its old place. Answers why that didn’t go. */
  async function openAgain(): Promise<Failure | null> {
    const opened = await parts
      .reopen()
      .catch((error: unknown) => fail('internal', error instanceof Error ? error.message : String(error)))
    if (opened.ok) return null
    // The gate stays shut: nothing may reach a studio that was stopped.
    const lost = notReopened(opened.problem)
    gate.shut(lost.problem)
    return lost
  }

  async function stopAndCopy(to: string, call: Call): Promise<Outcome<Moved>> {
    const { mayMove, move } = parts.studio()
    await Promise.race([Promise.all([gate.empty(), parts.tidied()]), aborted(call)])
    if (call.signal?.aborted) return cancelled('Moving the library')
    // Before anything is stopped: a refusal changes nothing.
    const may = await mayMove(to)
    if (!may.ok) return may
    const onProgress = progressTo(to)
    let moved: Outcome<Moved> | undefined
    let lost: Failure | null = null
    try {
      moved = await move(to, { ...(call.signal && { signal: call.signal }), onProgress })
    } finally {
      if (moved?.ok !== true && !isClosing) lost = await openAgain()
    }
    return lost ?? moved
  }

  async function run(to: string, call: Call): Promise<Outcome<Moved>> {
    gate.shut(beingMoved.problem)
    announce('library:moving', { to, fraction: null })
    try {
      const moved = await stopAndCopy(to, call)
      if (moved.ok) {
        gate.shut(wasMoved(to).problem)
        await parts.studio().close()
        announce('library:moved', { to })
        // The user quit meanwhile: nothing is to start again.
        if (!isClosing) parts.onMoved(to)
      }
      return moved
    } finally {
      if (gate.why() === beingMoved.problem) gate.shut(null)
      announce('library:moving', null)
    }
  }

  const handlers: Pick<Handlers, MoveCalls> = {
    'library:reveal': () => face.reveal(join(home, databaseFile)),
    'library:plan-move': async ({ folder }) => {
      const chosen = await face.chooseFolder(folder, 'Choose a folder for the library')
      if (!chosen.ok || chosen.value === null) return chosen.ok ? ok(null) : chosen
      const to = await placeIn(home, chosen.value)
      const may = await parts.studio().mayMove(to)
      if (!may.ok) return may
      planned = { plan: randomToken(), to }
      return ok({ ...planned, bytes: bytesOf(await entriesOf(home)) })
    },
    'library:move': async ({ plan }, call) => {
      const chosen = planned
      if (chosen?.plan !== plan) return chooseAgain
      planned = null
      const moved = run(chosen.to, call)
      moving = moved.catch(() => undefined)
      return moved
    },
  }
  return {
    handlers,
    /** Waits for a move that was told to stop, which opens nothing any more. */
    close: async () => {
      isClosing = true
      await moving
    },
  }
}
