import { visibleText } from '../../shared/text/visible-text.ts'

const most = 2000

/**
 * What a provider says, cut to what a person reads: nothing of any length reaches a search, a record or the window.
 * Every schema of an answer puts its free text through this.
 */
export function providerText(text: string): string {
  const shown = visibleText(text.slice(0, 2 * most))
  return text.length <= most ? shown : `${shown.slice(0, most).toWellFormed()}…`
}
