import { open, rm } from 'node:fs/promises'
import { basename, dirname, relative, sep } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { MiB, type Bytes } from '../../shared/units.ts'
import type { TrackFile } from '../processes/leftovers.ts'
import { notAWholePng, stillTooLarge, stillMissing } from './problems.ts'
import { exportResult } from './results.ts'

/** What the window calls the picture that it hands over. */
const ownName = 'still.png'

/** As much as the bridge of a window passes on. */
const largestStill: Bytes = 256 * MiB

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
/** The chunk that ends every PNG: its length, its name and its checksum. */
const end = Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1')

async function checkPng(path: string): Promise<Outcome<null>> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return stillMissing
  try {
    const { size } = await file.stat()
    if (size > largestStill) return stillTooLarge(largestStill)
    const read = async (length: number, at: number) =>
      (await file.read(Buffer.alloc(length), 0, length, Math.max(0, at))).buffer
    const [first, last] = [await read(signature.length, 0), await read(end.length, size - end.length)]
    return first.equals(signature) && last.equals(end) ? ok(null) : notAWholePng
  } finally {
    await file.close()
  }
}

/** Saves pictures that the window made of what it shows. */
export type Stills = {
  /**
   * Copies a PNG to where `choose` says; null where the user closed the dialog. Never replaces a file and never shows an
   * unfinished one. Afterwards the window’s own copy is deleted, unless the user may choose another name.
   */
  readonly save: (
    picture: string,
    choose: () => Promise<Outcome<string | null>>,
  ) => Promise<Outcome<string | null>>
}

type Parts = {
  /** The private folder of files that arrive as bytes; each is in a folder of its own there. */
  readonly dropped: string
  readonly trackFile: TrackFile
  /** A take or the queue still has to read this file. */
  readonly isNeeded: (path: string) => boolean
}

export function createStills({ dropped, trackFile, isNeeded }: Parts): Stills {
  /** A file of the user’s own may be saved too, and stays. */
  async function forget(picture: string): Promise<void> {
    const [slot = '', name, ...deeper] = relative(dropped, picture).split(sep)
    if (slot === '..' || name !== basename(picture) || deeper.length > 0) return
    // What was dropped on the window arrives in the same way, and a take may still need it.
    if (name !== ownName || isNeeded(picture)) return
    await rm(dirname(picture), { recursive: true, force: true }).catch(() => undefined)
  }

  return {
    save: async (picture, choose) => {
      const png = await checkPng(picture)
      if (!png.ok) return png
      const target = await choose()
      if (!target.ok) return target
      const saved = target.value === null ? ok(null) : await exportResult(picture, target.value, trackFile)
      if (!saved.ok) return saved
      await forget(picture)
      return ok(target.value)
    },
  }
}
