import { z } from 'zod'

const fileMark = z.object({
  inode: z.string(),
  /** Null where the file system does not record when a file was created. */
  born: z.string().nullable(),
})
/** Distinguishes the database from a copy of it. Moving or renaming its folder does not change it. */
export type FileMark = Readonly<z.infer<typeof fileMark>>

export const placeSchema = z.object({
  /** Random; a copy of a library gets a new one. */
  library: z.string(),
  /** Null where the computer has no id. */
  machine: z.string().nullable(),
  file: fileMark,
  /** Counts every opening and every submit, so that an older state of the same library is recognised. */
  count: z.number().int(),
})
/** Where a library belongs, as recorded in it. */
export type Place = Readonly<z.infer<typeof placeSchema>>

export const knownSchema = z.object({
  count: z.number().int(),
  path: z.string(),
  /** Another state of the library replaced this one. If this one returns, it must not send anything unasked. */
  replaced: z.boolean(),
})
/** What this computer remembers about a library, outside of it. */
export type Known = Readonly<z.infer<typeof knownSchema>>

/** Why another copy of the library may have sent its unsent takes. */
export type Doubt = 'other-computer' | 'copy' | 'unnoted'

export const isSameFile = (one: FileMark, other: FileMark): boolean =>
  one.inode === other.inode && (one.born === null || other.born === null || one.born === other.born)

type Here = { readonly machine: string | null; readonly file: FileMark }

/** Null where a library is on the same computer, in the same file and in its newest state; its path may change. */
export function doubtAbout(noted: Place | null, here: Here, known: Known | null): Doubt | null {
  if (noted === null) return 'unnoted'
  if (noted.machine !== null && here.machine !== null && noted.machine !== here.machine)
    return 'other-computer'
  const isOlder = known !== null && (known.replaced || noted.count < known.count)
  return isOlder || !isSameFile(noted.file, here.file) ? 'copy' : null
}
