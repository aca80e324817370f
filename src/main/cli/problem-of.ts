import type { Problem } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'

/** Words that name a button of the window, with the command that does the same. */
export const withCommands = (text: string, { id }: Pick<Take, 'id'>): string =>
  text.replaceAll(/(?:press )?\b(check again)\b/gi, `$1 (understudy takes follow ${id})`)

/** The problem of a take for the command line, where no card says which one it belongs to. */
export function problemOf(take: Take, isOneOfMany: boolean): Problem | null {
  const { problem, clipName, id } = take
  if (problem === null) return null
  return {
    ...problem,
    message: isOneOfMany ? `The take of ${clipName} (${id}): ${problem.message}` : problem.message,
    ...(problem.advice !== undefined && { advice: withCommands(problem.advice, take) }),
  }
}
