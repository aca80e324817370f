import { z } from 'zod'

const fileMark = z.object({
  inode: z.string(),
  /** Null where the file system does not say when a file was made. */
  born: z.string().nullable(),
})
/** What tells the database from a copy of it, and stays as it is when its folder is moved or renamed. */
export type FileMark = Readonly<z.infer<typeof fileMark>>

export const placeSchema = z.object({
  /** Random; a library that was found to be a copy gets another one. */
  library: z.string(),
  /** Null where the computer has no id. */
  machine: z.string().nullable(),
  file: fileMark,
  /** Counts every opening and every submit, so that an older state of the same library can be told. */
  count: z.number().int(),
})
/** Where a library belongs, as it says itself. */
export type Place = Readonly<z.infer<typeof placeSchema>>

export const knownSchema = z.object({
  count: z.number().int(),
  path: z.string(),
  /** Another state of the library was put in its place: this one must not go on unasked if it comes back. */
  replaced: z.boolean(),
})
/** What this computer remembers of a library, outside of it. */
export type Known = Readonly<z.infer<typeof knownSchema>>

/** Why an unsent take of a library may have been sent from another copy of it. */
export type Doubt = 'other-computer' | 'copy' | 'unnoted'

export const isSameFile = (one: FileMark, other: FileMark): boolean =>
  one.inode === other.inode && (one.born === null || other.born === null || one.born === other.born)

type Here = { readonly machine: string | null; readonly file: FileMark }

/** Whether a library with takes is where it was, and as it was left there. Where it lies on the disk does not matter. */
export function doubtAbout(noted: Place | null, here: Here, known: Known | null): Doubt | null {
  if (noted === null) return 'unnoted'
  if (noted.machine !== null && here.machine !== null && noted.machine !== here.machine)
    return 'other-computer'
  const isOlder = known !== null && (known.replaced || noted.count < known.count)
  return isOlder || !isSameFile(noted.file, here.file) ? 'copy' : null
}
