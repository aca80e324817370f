/** What a name template may hold between braces. */
export const nameFields = ['clip', 'character', 'provider', 'model', 'orientation', 'n', 'date'] as const
type NameField = (typeof nameFields)[number]
type NameValues = Readonly<Record<NameField, string>>

export const longestTemplate = 120

const field = /\{([^{}]*)\}/g
const isField = (name: string): name is NameField => nameFields.some((known) => known === name)

/** Why a template cannot name anything, as a sentence; null when it can. */
export function templateProblem(template: string): string | null {
  if (template.trim() === '') return 'The name needs some text, for example {clip}-{provider}.'
  if (template.length > longestTemplate)
    return `The name can have at most ${String(longestTemplate)} characters before its fields are filled in.`
  if (/[/\\]/.test(template)) return 'The name contains a slash. Enter a folder name, not a path.'
  for (const [, name = ''] of template.matchAll(field))
    if (!isField(name))
      return `The name has no field {${name}}. Use ${nameFields.map((known) => `{${known}}`).join(', ')}.`
  if (/[{}]/.test(template.replace(field, ''))) return 'The name has an unmatched brace.'
  return null
}

/** The name with its fields filled in; a file that is not there leaves no gap. It is not yet safe for a disk. */
export function fillTemplate(template: string, values: NameValues): string {
  // A character that no text holds.
  const gap = '\uffff'
  return template
    .replaceAll(field, (_, name: string) => (isField(name) && values[name] !== '' ? values[name] : gap))
    .replaceAll(/[-_. ]*\uffff/g, gap)
    .replaceAll(/^\uffff+[-_. ]*/g, '')
    .replaceAll(gap, '')
}

/** Names things by what there are several of, so that the names differ. */
export function usualTemplate(characters: number, clips: number): string {
  if (clips === 0 || (clips === 1 && characters > 1)) return '{character}'
  return characters > 1 && clips > 1 ? '{character}{clip}' : '{clip}'
}

export type Pair<File> = { readonly character: File | null; readonly clip: File | null }

/**
 * What is prepared together: one character goes with every clip, and one clip with every character. Several of both are
 * prepared separately, because nobody can tell which belong together and all with all would be too many.
 */
export function pair<File>(characters: readonly File[], clips: readonly File[]): readonly Pair<File>[] {
  const [character = null] = characters
  const [clip = null] = clips
  if (characters.length <= 1 && clips.length > 0) return clips.map((one) => ({ character, clip: one }))
  if (clips.length <= 1) return characters.map((one) => ({ character: one, clip }))
  return [
    ...characters.map((one) => ({ character: one, clip: null })),
    ...clips.map((one) => ({ character: null, clip: one })),
  ]
}
