import { hintIds, type Finding } from '../../shared/rules/finding.ts'

const ids: readonly string[] = hintIds
const label = /^Hint: /

/** Measured by us, with a meaning that is a guess; no provider states a limit to it. */
export const isHint = ({ rule, message }: Finding): boolean => ids.includes(rule) || label.test(message)

/** The sentences of a hint without its label, which is shown separately: what was seen, and why it matters. */
export function hintSentences({ message }: Finding): { readonly seen: string; readonly why: string } {
  const text = message.replace(label, '')
  const whole = text.charAt(0).toUpperCase() + text.slice(1)
  const end = /[.!?] (?=\p{Lu})/u.exec(whole)?.index
  return end === undefined
    ? { seen: whole, why: '' }
    : { seen: whole.slice(0, end + 1), why: whole.slice(end + 2) }
}

/** What only the user can see, asked as a line to tick off. */
export const isQuestion = ({ rule }: Finding): boolean => rule === 'framing.body'
