/** What most text is made of; anything else is looked at closely. */
const unsuspicious = /^[\n\t -~]*$/

/**
 * Controls but tab and line feed; marks, overrides and isolates that turn the reading direction around; letters, spaces
 * and joiners that are invisible (Unicode: Cc, Bidi_Control, Default_Ignorable_Code_Point without variation selectors).
 */
const hidden = new RegExp(
  String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5`,
  'gu',
)

/** Joiners belong between emoji and between letters of the scripts that know them, and nowhere else. */
const joined = String.raw`\p{M}\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}[\p{L}--\p{Script=Latin}--\p{Script=Greek}--\p{Script=Cyrillic}]`
const strayJoiner = new RegExp(`(?<![${joined}])[\\u200c\\u200d]|[\\u200c\\u200d](?![${joined}])`, 'gv')

/**
 * Text from outside as it can be shown: what is not seen and changes how the rest is read is left out. Names, prompts and
 * words of providers go through here before any face shows them.
 */
export const visibleText = (text: string): string =>
  unsuspicious.test(text) ? text : text.replace(hidden, '').replace(strayJoiner, '')

/** The same for every text inside a value that is sent to a face; what needs no change is the very same value. */
export function visibleIn<T>(value: T): T
export function visibleIn(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const shown = items.map((item) => visibleIn(item))
    return shown.some((item, at) => item !== items[at]) ? shown : items
  }
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  const entries = Object.entries(value).map(([name, item]) => [name, item, visibleIn(item)] as const)
  return entries.some(([, item, shown]) => item !== shown)
    ? Object.fromEntries(entries.map(([name, , shown]) => [name, shown]))
    : value
}

/** JSON that says the same and shows nothing hidden, not even in a terminal. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) =>
    visibleText(unit) === '' ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit,
  )
