import { errorCode } from './error-code.ts'
import { chmod, mkdir, open, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileRef } from '../../shared/domain/views.ts'
import { cancelled, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { type FileTokens, randomToken } from './file-tokens.ts'
import { safeName } from './names.ts'
import { fileTooLarge, noSpaceFor, notCopied } from './problems.ts'

const intakeLimit: Bytes = 4_000_000_000

export const intakeFolder = (home: string): string => join(home, 'dropped')

type Parts = {
  /** Private to this use: `sweep` deletes what is in it. */
  readonly folder: string
  readonly fileTokens: FileTokens
  readonly limit?: Bytes
}

type Upload = {
  /** As the user's system calls it; never trusted. */
  readonly name: string
  /** As announced; the stream decides. */
  readonly bytes: Bytes | null
  readonly content: AsyncIterable<Uint8Array>
}

/** Takes in files that a browser can only hand over as bytes. */
export type Intake = {
  /** Deletes what earlier runs left, except files that are still needed. */
  readonly sweep: (needed?: ReadonlySet<string>) => Promise<void>
  /** Streams to the disk; nothing is left behind when that does not end well. */
  readonly take: (upload: Upload) => Promise<Outcome<FileRef>>
}

const tooLarge = (name: string, limit: Bytes) => fileTooLarge(name, limit)

/** What went wrong between the browser and the disk, in the user's terms. */
export function intakeProblem(name: string, error: unknown): Failure {
  const code = errorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return noSpaceFor(name)
  if (code === 'ECONNRESET' || code === 'ABORT_ERR') return cancelled(`Copying “${name}”`)
  return notCopied(name, code, error)
}

export function createIntake({ folder, fileTokens, limit = intakeLimit }: Parts): Intake {
  async function write(
    path: string,
    name: string,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Failure | null> {
    const file = await open(path, 'wx', 0o600)
    try {
      let written = 0
      for await (const chunk of content) {
        written += chunk.byteLength
        if (written > limit) return tooLarge(name, limit)
        await file.writeFile(chunk)
      }
      return null
    } finally {
      await file.close()
    }
  }

  async function copy(slot: string, name: string, content: Upload['content']): Promise<Outcome<FileRef>> {
    try {
      await mkdir(slot, { recursive: true, mode: 0o700 })
      // A folder from an earlier umask is closed too.
      await chmod(folder, 0o700)
      const path = join(slot, name)
      return (await write(path, name, content)) ?? (await fileTokens.register(path))
    } catch (error) {
      return intakeProblem(name, error)
    }
  }

  return {
    sweep: async (needed = new Set()) => {
      const slots = await readdir(folder).catch(() => [])
      const kept = new Set([...needed].map((path) => dirname(path)))
      const idle = slots.map((slot) => join(folder, slot)).filter((slot) => !kept.has(slot))
      await Promise.all(idle.map((slot) => rm(slot, { recursive: true, force: true })))
    },
    take: async (upload) => {
      const name = safeName(upload.name)
      if (upload.bytes !== null && upload.bytes > limit) return tooLarge(name, limit)
      // The random part is a folder, so that every later sentence about the file calls it by its own name.
      const slot = join(folder, randomToken())
      const file = await copy(slot, name, upload.content)
      if (!file.ok) await rm(slot, { recursive: true, force: true })
      return file
    },
  }
}
