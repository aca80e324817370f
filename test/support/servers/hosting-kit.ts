import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileToHost, UploadNote } from '../../../src/main/hosting/hosts.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'

/** A folder of noise files that is gone when the test process ends. */
const folder = mkdtempSync(join(tmpdir(), 'understudy-hosting-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

export type Noise = FileToHost & { readonly content: Buffer }

/** A file of noise under a random name, as preparation would leave one. */
export async function noiseFile(bytes: number, extension = 'mp4'): Promise<Noise> {
  const name = `${randomBytes(16).toString('hex')}.${extension}`
  const path = join(folder, name)
  const content = randomBytes(bytes)
  await writeFile(path, content)
  const contentType = extension === 'mp4' ? 'video/mp4' : `image/${extension}`
  return { path, name, bytes, contentType, content }
}

export type KeptNote = UploadNote & { readonly written: readonly unknown[] }

/** A note that remembers every state it was in, as plain JSON. */
export function keptNote(start: unknown = null): KeptNote {
  const written: unknown[] = []
  return {
    written,
    read: () => written.at(-1) ?? start,
    write: (value) => {
      written.push(JSON.parse(JSON.stringify(value)))
    },
  }
}

/** The value of a success; anything else fails the test with the problem in words. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem))
  return outcome.value
}

export function problemOf(outcome: Outcome<unknown>) {
  if (outcome.ok) throw new Error(`expected a problem, not ${JSON.stringify(outcome.value)}`)
  return outcome.problem
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
