export type Pair<File> = { readonly character: File | null; readonly clip: File | null }

/**
 * What is prepared together: one character goes with every clip, and one clip with every character. Several of both are
 * prepared each by itself, because nobody can tell which belong together and all with all would be too many.
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
