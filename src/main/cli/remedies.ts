import type { Problem } from '../../shared/outcome.ts'

/** What happened, short enough for a table. */
export function firstSentence({ message }: Problem): string {
  const end = /[.!?] (?=\p{Lu})/u.exec(message)?.index
  return end === undefined ? message : message.slice(0, end + 1)
}

/** What else there is to know and to do about each, to stand below the table: every sentence once. */
export function remedies(
  failed: readonly { readonly name: string; readonly problem: Problem }[],
): readonly string[] {
  const about = new Map<string, string[]>()
  for (const { name, problem } of failed) {
    const more = problem.message.slice(firstSentence(problem).length).trim()
    const rest = [more, problem.advice].filter(Boolean).join(' ')
    if (rest !== '') about.set(rest, [...(about.get(rest) ?? []), name])
  }
  return [...about].map(([rest, [first = '', ...others]]) => {
    const and = others.length > 0 ? ` and ${String(others.length)} more` : ''
    return `${first}${and}: ${rest}`
  })
}
