/** Which of the compared takes is looked at, and which one before it. */
export type TakeChoice = {
  readonly chosen: string
  /** Null while no other one was looked at. */
  readonly before: string | null
}

export const firstChoice = (take: string): TakeChoice => ({ chosen: take, before: null })

export const choose = (choice: TakeChoice, take: string): TakeChoice =>
  take === choice.chosen ? choice : { chosen: take, before: choice.chosen }

/** To the one before and back; at first to the next of those that are compared. */
export function flip(choice: TakeChoice, takes: readonly string[]): TakeChoice {
  const next = takes[(takes.indexOf(choice.chosen) + 1) % takes.length] ?? choice.chosen
  return choose(choice, choice.before ?? next)
}

/** After a take was removed: `takes` are those that are left, at least one. */
export function without(choice: TakeChoice, takes: readonly string[]): TakeChoice {
  const isLeft = (take: string | null): take is string => take !== null && takes.includes(take)
  const before = isLeft(choice.before) ? choice.before : null
  if (isLeft(choice.chosen)) return { chosen: choice.chosen, before }
  return firstChoice(before ?? takes[0] ?? choice.chosen)
}
