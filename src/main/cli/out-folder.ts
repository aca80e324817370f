import { errorCode } from '../files/error-code.ts'
import { access, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { publishNew, makeFolder } from '../files/durable.ts'
import { writingProblem } from '../files/probe-folder.ts'
import type { TrackFile } from '../processes/leftovers.ts'
import { nameTaken } from './problems.ts'

export function openFolder(folder: string): Outcome<null> {
  try {
    makeFolder(folder)
    return ok(null)
  } catch (error) {
    return writingProblem(folder, error)
  }
}

/** A private folder beside the final names; `publish` moves its files there, `discard` leaves no trace of it. */
export type Staging = {
  readonly folder: string
  /** Moves every file to its final name, all or none; an existing file is never replaced. */
  readonly publish: () => Promise<Outcome<null>>
  readonly discard: () => Promise<void>
}

/** Noted, it is deleted at the next start of the studio should this process be killed. */
export async function openStaging(out: string, trackFile?: TrackFile): Promise<Outcome<Staging>> {
  let firstMade: string | undefined
  let folder: string
  try {
    firstMade = makeFolder(out)
    folder = await mkdtemp(join(out, '.understudy-'))
  } catch (error) {
    return writingProblem(out, error)
  }
  const untrack = trackFile?.(folder)
  const publish = async (): Promise<Outcome<null>> => {
    const moved: string[] = []
    for (const name of await readdir(folder)) {
      const target = join(out, name)
      try {
        await publishNew(join(folder, name), target)
        moved.push(target)
      } catch (error) {
        await Promise.all(moved.map((path) => rm(path, { force: true })))
        if (errorCode(error) !== 'EEXIST') return writingProblem(out, error)
        return nameTaken(out, target)
      }
    }
    firstMade = undefined
    return ok(null)
  }
  const discard = async () => {
    await rm(folder, { recursive: true, force: true })
    untrack?.()
    if (firstMade !== undefined) await removeEmpty(out, firstMade)
  }
  return ok({ folder, publish, discard })
}

/** Removes the folders that were made for nothing, from the innermost out; one that is in use stays. */
async function removeEmpty(folder: string, last: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    if (errorCode(error) === '') throw error
    return
  }
  if (folder !== last) await removeEmpty(dirname(folder), last)
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
