import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import type { KeyState } from '../../shared/domain/account.ts'
import type { Log, Secrets } from '../system/ports.ts'
import { privateFolder } from '../files/private.ts'
import { writeWhole } from '../files/write-whole.ts'

const entry = z.object({ backend: z.string(), version: z.literal(1), ciphertext: z.base64() })
const entries = z.record(z.string(), entry)
type Entry = z.infer<typeof entry>
type Entries = z.infer<typeof entries>

/** The file of the ciphertexts; `load` answers undefined when there is none yet or it is damaged. */
type VaultFile = {
  readonly load: () => Promise<unknown>
  readonly save: (content: Readonly<Record<string, unknown>>) => Promise<void>
}

type Opened = { readonly state: KeyState; readonly key: string | null }
type Cipher = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>
type Parts = {
  readonly safeStorage: Cipher
  readonly platform: NodeJS.Platform
  readonly file: VaultFile
  readonly log: Log
}

/** What protects the encryption key; null when nothing does, which on Linux means a password everyone knows. */
async function protector({ safeStorage, platform }: Parts): Promise<string | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null
  if (platform === 'darwin') return 'keychain'
  if (platform === 'win32') return 'dpapi'
  const backend = safeStorage.getSelectedStorageBackend()
  return backend === 'basic_text' || backend === 'unknown' ? null : backend
}

/** Keys of accounts, encrypted by the system. Without real protection they stay in memory and never touch the disk. */
export function createVault(parts: Parts): Secrets {
  const { safeStorage, file, log } = parts
  const session = new Map<string, string>()
  const load = async (): Promise<Entries> => entries.catch({}).parse(await file.load())
  const keep = async (backend: string, name: string, key: string) => {
    const ciphertext = (await safeStorage.encryptStringAsync(key)).toString('base64')
    await file.save({ ...(await load()), [name]: { backend, version: 1, ciphertext } satisfies Entry })
  }
  const forget = async (name: string) => {
    const { [name]: gone, ...others } = await load()
    if (gone !== undefined) await file.save(others)
  }

  const open = async (name: string): Promise<Opened> => {
    const inSession = session.get(name)
    if (inSession !== undefined) return { state: 'this-session', key: inSession }
    const kept = (await load())[name]
    if (kept === undefined) return { state: 'none', key: null }
    const backend = await protector(parts)
    // What one backend encrypted no other can read: trying would ask the user for a password in vain.
    if (backend !== kept.backend) return { state: 'needed-again', key: null }
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
        Buffer.from(kept.ciphertext, 'base64'),
      )
      if (shouldReEncrypt) await keep(backend, name, result)
      return { state: 'kept', key: result }
    } catch (error) {
      log('a stored key couldn’t be decrypted', { error })
      return { state: 'needed-again', key: null }
    }
  }

  const write: Secrets['write'] = async (name, key) => {
    const backend = await protector(parts)
    if (backend === null) {
      session.set(name, key)
      await forget(name)
      return 'this-session'
    }
    await keep(backend, name, key)
    session.delete(name)
    return 'kept'
  }

  // One at a time: each of these reads the file, changes it and writes it back.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const turn = last.then(step, step)
    last = turn
    return turn
  }
  return {
    read: (name) => inTurn(async () => (await open(name)).key),
    state: (name) => inTurn(async () => (await open(name)).state),
    write: (name, key) => inTurn(() => write(name, key)),
    remove: (name) =>
      inTurn(async () => {
        session.delete(name)
        await forget(name)
      }),
  }
}

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
      await writeWhole(path, JSON.stringify(content, null, 2), { durable: true })
    },
  }
}
