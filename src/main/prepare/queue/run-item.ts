import { basename } from 'node:path'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { runInTurn, type SerialQueue } from '../../system/scheduling.ts'
import type { TrackFile } from '../../processes/leftovers.ts'
import type { Call, Workshop } from '../types.ts'
import { makeWhole, readMade, reportName } from './publish-folder.ts'
import { nameKey, keyOf, sourcesOf, sourceTrouble } from './names.ts'
import type { StoredItem } from './state.ts'
import { preparationCancelled } from '../problems.ts'
import { certificateName } from '../certificate.ts'

/** The folder name and files of an item. */
export type ItemMade = { readonly name: string; readonly files: readonly string[] }

/** Prepares one item; `isClaimed` takes a name in the form of `nameKey`. */
export type RunItem = (
  item: StoredItem,
  isClaimed: (key: string) => boolean,
  call: Required<Pick<Call, 'onProgress'>> & { readonly signal: AbortSignal },
) => Promise<Outcome<ItemMade>>

type Parts = {
  readonly workshop: Pick<Workshop, 'prepare'>
  readonly trackFile: TrackFile
  /** Shared with takes: two encoders at once only slow each other down. */
  readonly inTurn: SerialQueue
}

export function createRunItem({ workshop, trackFile, inTurn }: Parts): RunItem {
  const make: RunItem = async (item, isClaimed, call) => {
    const { sources: chosen, window, settings, out, name } = item
    const paths = { character: chosen.character?.path ?? null, clip: chosen.clip?.path ?? null }
    const now = await sourcesOf(paths)
    const trouble = sourceTrouble(chosen, now)
    if (trouble) return { ok: false, problem: trouble }
    const inputs = { ...paths, window, settings }
    const key = keyOf(chosen, inputs, item.template)
    // It was finished before the process ended; only its state was not saved.
    const before = await readMade(out, name, key)
    const made = before
      ? ok(before)
      : await makeWhole(
          { ...workshop, trackFile },
          {
            inputs,
            sources: chosen,
            key,
            out,
            name,
            isClaimed: (one) => isClaimed(nameKey(one)),
          },
          call,
        )
    if (!made.ok) return made
    const files = [made.value.clip, made.value.character].flatMap((file) =>
      file ? [basename(file.path)] : [],
    )
    return ok({ name: made.value.name, files: [...files, certificateName, reportName] })
  }
  return (item, isClaimed, call) =>
    runInTurn(inTurn, call.signal, preparationCancelled, () => make(item, isClaimed, call))
}
