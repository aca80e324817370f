const hidden = '•••'

/**
 * A link in any text, also with its slashes escaped as JSON may write them. What follows `?` or `#` opens the file of
 * a signed link, and what comes before `@` is a name and a password.
 */
const link =
  /\b([a-z][a-z0-9+.-]*:\\?\/\\?\/)(?:[^\s"'<>\\/?#@]*@)?((?:[^\s"'<>\\?#]|\\\/)*)((?:[?#]|\\u003f|\\u0023)(?:[^\s"'<>\\]|\\\/|\\u[0-9a-f]{4})*)?/gi

/** Takes out of links what opens them: signatures, tokens, names and passwords. */
export const withoutSignatures = (text: string): string =>
  text.replace(
    link,
    (_all, scheme: string, place: string, rest?: string) =>
      `${scheme}${place}${rest === undefined ? '' : `?${hidden}`}`,
  )
