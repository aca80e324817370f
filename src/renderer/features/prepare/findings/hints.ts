import { hintIds, type Finding } from '../../../../shared/rules/finding.ts'

const ids: readonly string[] = hintIds
const label = /^Hint: /

/** Measured by us, with a meaning that is a guess; no provider states a limit to it. */
export const isHint = ({ rule, message }: Finding): boolean => ids.includes(rule) || label.test(message)

/** The sentence without its label, which stands beside it. */
export function hintSentence({ message }: Finding): string {
  const sentence = message.replace(label, '')
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** What only the user can see, asked as a line to tick off. */
export const isQuestion = ({ rule }: Finding): boolean => rule === 'framing.body'
