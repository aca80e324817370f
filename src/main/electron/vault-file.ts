import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { privateFolder } from '../files/private.ts'
import type { VaultFile } from './secrets.ts'

/** One JSON file that only this user may read, replaced as a whole so that a crash leaves the old one or the new one. */
export function vaultFile(path: string): VaultFile {
  return {
    load: async () => {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as unknown
      } catch {
        // Missing or damaged is the same to the user: the key is needed again.
        return undefined
      }
    },
    save: async (content) => {
      privateFolder(dirname(path))
      // A file that was left there would keep its rights.
      await rm(`${path}.new`, { force: true })
      const file = await open(`${path}.new`, 'wx', 0o600)
      try {
        await file.writeFile(JSON.stringify(content, null, 2))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.new`, path)
    },
  }
}
