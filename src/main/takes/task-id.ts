const longest = 500

/**
 * Whether a text can be the id of a task: one line of any characters. Adapters encode it, and these two would still be
 * steps in a path that lead the question somewhere else.
 */
export const isTaskId = (text: string): boolean =>
  text !== '' &&
  text.length <= longest &&
  text.isWellFormed() &&
  !/\p{Cc}/u.test(text) &&
  text !== '.' &&
  text !== '..'
