import type { Problem, ProblemCode } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'

/** What a finished command tells the shell. */
export const exitCodes = {
  done: 0,
  usage: 2,
  userMustChoose: 3,
  inputRefused: 4,
  providerFailed: 5,
  userMustDecide: 6,
  thisMachine: 7,
  cancelled: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const ofProblem: Readonly<Record<ProblemCode, ExitCode>> = {
  usage: exitCodes.usage,
  cancelled: exitCodes.cancelled,
  'not-found': exitCodes.usage,
  'file-missing': exitCodes.inputRefused,
  'file-unreadable': exitCodes.inputRefused,
  'file-is-folder': exitCodes.inputRefused,
  'file-empty': exitCodes.inputRefused,
  'file-too-large': exitCodes.inputRefused,
  'file-damaged': exitCodes.inputRefused,
  // The target already exists: another name is needed.
  'file-exists': exitCodes.usage,
  'not-a-video': exitCodes.inputRefused,
  'not-an-image': exitCodes.inputRefused,
  'input-refused': exitCodes.inputRefused,
  'fix-needed': exitCodes.userMustChoose,
  'consent-needed': exitCodes.userMustChoose,
  'guard-passed': exitCodes.userMustChoose,
  'account-key': exitCodes.providerFailed,
  'account-money': exitCodes.providerFailed,
  'account-rights': exitCodes.providerFailed,
  'provider-refused': exitCodes.providerFailed,
  'provider-failed': exitCodes.providerFailed,
  'provider-silent': exitCodes.providerFailed,
  'answer-unclear': exitCodes.providerFailed,
  'outcome-unknown': exitCodes.userMustDecide,
  'clip-unreachable': exitCodes.providerFailed,
  'result-unusable': exitCodes.providerFailed,
  'result-expired': exitCodes.providerFailed,
  'disk-full': exitCodes.thisMachine,
  'folder-unwritable': exitCodes.thisMachine,
  'tool-missing': exitCodes.thisMachine,
  'tool-failed': exitCodes.thisMachine,
  'library-in-use': exitCodes.thisMachine,
  'library-newer': exitCodes.thisMachine,
  'library-damaged': exitCodes.thisMachine,
  internal: exitCodes.thisMachine,
}

export const exitCodeOf = (problem: Problem): ExitCode => ofProblem[problem.code]

/** How a take that has come to rest ends the command that followed it. */
export function exitCodeOfTake({ state, problem }: Pick<Take, 'state' | 'problem'>): ExitCode {
  if (state === 'DONE') return exitCodes.done
  if (state === 'NEEDS_USER') return exitCodes.userMustDecide
  if (problem !== null) return exitCodeOf(problem)
  return state === 'DRAFT' ? exitCodes.userMustChoose : exitCodes.providerFailed
}

/** Several takes together: one that waits for the user weighs most, then one that failed. */
export function exitCodeOfTakes(takes: readonly Pick<Take, 'state' | 'problem'>[]): ExitCode {
  const codes = takes.map(exitCodeOfTake)
  if (codes.includes(exitCodes.userMustDecide)) return exitCodes.userMustDecide
  return codes.find((code) => code !== exitCodes.done) ?? exitCodes.done
}

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

/** Words that name a button of the window, with the command that does the same. */
export const withCommands = (text: string, { id }: Pick<Take, 'id'>): string =>
  text.replaceAll(
    /(?:press )?\b(check again|download watermarked version)\b/gi,
    `$1 (understudy takes follow ${id})`,
  )

/** A problem about one take, with commands where its advice names a button. */
export const inCommands = (problem: Problem, take: Pick<Take, 'id'>): Problem => ({
  ...problem,
  ...(problem.advice !== undefined && { advice: withCommands(problem.advice, take) }),
})

/** The problem of a take for the command line, where no card says which one it belongs to. */
export function problemOf(take: Take, isOneOfMany: boolean): Problem | null {
  const { problem, clipName, id } = take
  if (problem === null) return null
  return {
    ...inCommands(problem, take),
    message: isOneOfMany ? `The take of ${clipName} (${id}): ${problem.message}` : problem.message,
  }
}
