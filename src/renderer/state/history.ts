/** What can be taken back and done again; the present itself is kept by whoever owns it. */
export type History<State> = {
  /** The oldest first. */
  readonly past: readonly State[]
  /** The next one to be done again is the last. */
  readonly future: readonly State[]
  /** The movement under way, for example one drag: however many changes it brings, it is one step. */
  readonly gesture: string | null
}

export const emptyHistory: History<never> = { past: [], future: [], gesture: null }

/** Far more than anybody counts back, and small: a step is a few numbers. */
export const mostSteps = 500

export type Change<State> = {
  readonly before: State
  readonly after: State
  /** null: a step of its own. */
  readonly gesture: string | null
}

export type Same<State> = (one: State, other: State) => boolean

/** Notes a change. One that changes nothing is no step, and neither is a movement that ends where it began. */
export function record<State>(
  history: History<State>,
  { before, after, gesture }: Change<State>,
  same: Same<State>,
): History<State> {
  const goesOn = gesture !== null && gesture === history.gesture
  if (!goesOn)
    return same(before, after)
      ? history
      : { past: [...history.past, before].slice(-mostSteps), future: [], gesture }
  const began = history.past.at(-1)
  if (began === undefined || !same(began, after)) return history
  return { past: history.past.slice(0, -1), future: [], gesture: null }
}

export type Step<State> = { readonly history: History<State>; readonly now: State }

/** One step back; null where there is none. */
export function stepBack<State>({ past, future }: History<State>, now: State): Step<State> | null {
  const before = past.at(-1)
  if (before === undefined) return null
  return { now: before, history: { past: past.slice(0, -1), future: [...future, now], gesture: null } }
}

/** One step forward again; null where there is none. */
export function stepForward<State>({ past, future }: History<State>, now: State): Step<State> | null {
  const after = future.at(-1)
  if (after === undefined) return null
  return { now: after, history: { past: [...past, now], future: future.slice(0, -1), gesture: null } }
}
