import { defaultSettings, type Language } from '../../shared/domain/settings.ts'

/** Mirrors the settings. What is on the screen is drawn again when it changes. */
let current: Language = defaultSettings.language

export function chooseLanguage(language: Language): void {
  current = language
  document.documentElement.lang = language
}

/** The same texts in another language: the same names, and the same values to fill in. */
type Translated<Texts> = {
  readonly [Name in keyof Texts]: Texts[Name] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : string
}

type Tables<Texts> = Readonly<Record<Language, Translated<Texts>>> & { readonly en: Texts }

/** The texts of a folder in the language of the window, read each time. A language that lacks one doesn't compile. */
export function textIn<const Texts extends object>(tables: Tables<Texts>): Translated<Texts> {
  const all: Readonly<Record<Language, object>> = tables
  return Object.defineProperties(
    {},
    Object.fromEntries(
      Object.keys(tables.en).map((name) => [
        name,
        { enumerable: true, get: (): unknown => Reflect.get(all[current], name) },
      ]),
    ),
    // Every name of the English table has just been defined.
  ) as Translated<Texts>
}

/** How dates are written where the user has no variant of the language: the day before the month, and 24 hours. */
const usualVariant: Readonly<Record<Language, string>> = { en: 'en-GB' }

/** The variant of the language that the user prefers, never another language. */
export const localeOf = (language: Language, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? usualVariant[language]

/** Dates and times in the language of the window, whatever language the system has. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Pick<Intl.DateTimeFormat, 'format'> {
  const made = new Map<Language, Intl.DateTimeFormat>()
  return {
    format: (date) => {
      const known =
        made.get(current) ?? new Intl.DateTimeFormat(localeOf(current, navigator.languages), options)
      made.set(current, known)
      return known.format(date)
    },
  }
}
