/** The third argument of a reviver is younger than its type. */
type Source = { readonly source?: string }

/**
 * Reads JSON from outside without rounding: a whole number past 2^53, such as a 64-bit id, comes back as its digits
 * in text. `each` may put another value in the place of a text or a number. `undefined` means that it was no JSON.
 */
export function readJson(
  text: string,
  each: (part: string | number) => string | number = (part) => part,
): unknown {
  const exact = (_key: string, value: unknown, { source }: Source) => {
    // Only a bare whole number is written like this; text still has its quotes.
    const isLong = !Number.isSafeInteger(value) && /^-?\d+$/.test(String(source))
    const read = isLong ? source : value
    return typeof read === 'string' || typeof read === 'number' ? each(read) : read
  }
  try {
    return JSON.parse(text, exact as (key: string, value: unknown) => unknown) as unknown
  } catch {
    return undefined
  }
}
