const most = 2000

/**
 * What a provider says, cut to what a person reads: nothing of any length reaches a search, a record or the window.
 * Every schema of an answer puts its free text through this.
 */
export const providerText = (text: string): string =>
  text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`
