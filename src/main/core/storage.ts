import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { storedParts, type Stored, type StoredPart } from '../../shared/domain/stored.ts'
import type { ClipPreview } from '../clip-preview/clip-preview.ts'
import type { Previews } from '../prepare/previews.ts'

/** What this app keeps on the disk. */
export type Storage = {
  /** Parts that hold nothing are left out. */
  readonly read: () => Promise<readonly Stored[]>
  /** Deletes what can be made again; other parts are left alone. */
  readonly clear: (part: StoredPart) => Promise<void>
}

type StorageParts = {
  readonly home: string
  readonly viewing: Pick<ClipPreview, 'clear'>
  readonly previews: Pick<Previews, 'clear'>
}

/** A hidden folder inside of one is a part of its own. */
const folderOf: Readonly<Record<StoredPart, string>> = {
  takes: 'library',
  trash: 'library/.trash',
  practice: 'practice',
  dropped: 'dropped',
  viewing: 'viewing',
  previews: 'previews',
}

type Sum = Pick<Stored, 'bytes' | 'files'>

/** Links are not followed: what they lead to is not kept here. */
async function measure(folder: string): Promise<Sum> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => [])
  let [bytes, files] = [0, 0]
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name.startsWith('.')) continue
    if (entry.isDirectory()) {
      const inside = await measure(path)
      bytes += inside.bytes
      files += inside.files
    } else if (entry.isFile()) {
      // It may have been deleted meanwhile.
      bytes += (await stat(path).catch(() => null))?.size ?? 0
      files += 1
    }
  }
  return { bytes, files }
}

export function createStorage({ home, viewing, previews }: StorageParts): Storage {
  const measured = async (part: StoredPart): Promise<Stored> => ({
    part,
    ...(await measure(join(home, folderOf[part]))),
  })
  const clearing: Partial<Record<StoredPart, () => Promise<void>>> = {
    viewing: viewing.clear,
    previews: previews.clear,
  }
  return {
    read: async () => (await Promise.all(storedParts.map(measured))).filter(({ files }) => files > 0),
    clear: async (part) => {
      await clearing[part]?.()
    },
  }
}
