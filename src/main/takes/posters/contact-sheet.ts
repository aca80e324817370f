import { readFile, writeFile } from 'node:fs/promises'
import { posterSide } from '../../../shared/domain/sprite.ts'
import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { mostOnSheet, type SheetCell } from '../../../shared/domain/contact-sheet.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { cancelled, ok, type Outcome } from '../../../shared/outcome.ts'
import { wrongEnding } from '../../files/wrong-ending.ts'
import type { Media } from '../../media/media.ts'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import type { TrackFile } from '../../processes/leftovers.ts'
import type { Call } from '../../prepare/types.ts'
import type { Catalogue } from '../catalogue.ts'
import { drawingSheet, sheetWithout, tooManyOnSheet } from '../problems.ts'
import { saveNew } from '../results.ts'
import type { Library } from '../takes.ts'
import type { Takes } from '../types.ts'
import type { TakePosters } from './take-posters.ts'

export type ContactSheetParts = {
  readonly library: Pick<Library, 'record'>
  readonly catalogue: Pick<Catalogue, 'marksOf'>
  readonly posters: Pick<TakePosters, 'posterFile'>
  readonly media: Pick<Media, 'inspect' | 'picture'>
  readonly trackFile: TrackFile
}

export function createContactSheet(parts: ContactSheetParts): Takes['contactSheet'] {
  const { library, catalogue, posters, media, trackFile } = parts

  /** The poster, or the character of a take without one; null where neither can be read. */
  async function pictureOf(id: string, call: Call): Promise<Uint8Array | null> {
    const poster = await posters.posterFile(id)
    if (poster !== null) return readFile(poster).catch(() => null)
    const found = library.record(id)
    if (!found.ok) return null
    const { order, attempt } = found.value
    const path = attempt.preparedCharacter?.path ?? order.characterPath
    const facts = await media.inspect(path, call)
    const picture = facts.ok ? await media.picture(path, facts.value, posterSide, call) : facts
    return picture.ok ? picture.value : null
  }

  async function cellOf(id: string, call: Call): Promise<Outcome<SheetCell>> {
    const found = library.record(id)
    if (!found.ok) return found
    const { order } = found.value
    const marks = catalogue.marksOf([id]).get(id)
    return ok({
      picture: await pictureOf(id, call),
      number: marks?.number ?? 0,
      name: visibleText(marks?.name ?? order.characterName),
      stars: marks?.stars ?? 0,
      madeWith: nameOfProvider(order.settings.provider),
    })
  }

  return async (takes, target, call = {}) => {
    if (takes.length === 0) return sheetWithout
    if (takes.length > mostOnSheet) return tooManyOnSheet(takes.length)
    const wrong = wrongEnding(target, '.png')
    if (wrong) return wrong
    const cells: SheetCell[] = []
    for (const id of takes) {
      if (call.signal?.aborted === true) return cancelled(drawingSheet)
      const cell = await cellOf(id, call)
      if (!cell.ok) return cell
      cells.push(cell.value)
      call.onProgress?.(cells.length / (takes.length + 1))
    }
    const sheet = await doPictureWork('drawContactSheet', [cells], { signal: call.signal })
    return saveNew(target, (unfinished) => writeFile(unfinished, sheet), trackFile)
  }
}
