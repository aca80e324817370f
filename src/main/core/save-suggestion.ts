import { lstat, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { SavedKind } from '../../shared/settings-calls.ts'
import { localDay } from '../../shared/domain/local-day.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Take } from '../../shared/domain/take.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { nameFor, namesLike } from '../prepare/queue/names.ts'

const endings: Readonly<Record<SavedKind, string>> = {
  result: '.mp4',
  marked: '-watermarked.mp4',
  still: '.png',
  'contact-sheet': '.png',
  'support-pack': '-support.zip',
  diagnostics: '.txt',
}

/** A take with its number in the library; null where it has none yet. */
export type Saved = { readonly take: Take; readonly number: number | null }

/** The name of a file of a take, by the template of the user. */
export function suggestedName(
  what: SavedKind,
  saved: Saved | null,
  template: string,
  now: Milliseconds,
): string {
  if (saved === null) return `understudy-${what}-${localDay(new Date(now))}${endings[what]}`
  const { characterName: character, clipName: clip, settings, createdAt } = saved.take
  const name = nameFor(
    template,
    { character, clip, settings },
    { n: saved.number, now: Date.parse(createdAt) },
  )
  return `${name}${endings[what]}`
}

/** The first folder in which saving may start: where one saved last, the save folder, the downloads. */
export async function startFolder(
  { lastSaveFolder, saveFolder }: Pick<Settings, 'lastSaveFolder' | 'saveFolder'>,
  downloads: string | null,
): Promise<string | null> {
  for (const folder of [lastSaveFolder, saveFolder, downloads]) {
    const found = folder === null ? null : await stat(folder).catch(() => null)
    if (found?.isDirectory()) return folder
  }
  return null
}

/** The name, with a number behind it where the folder has such a file already. */
export async function freeName(folder: string | null, name: string): Promise<string> {
  if (folder === null) return name
  const ending = extname(name)
  for (const candidate of namesLike(name.slice(0, name.length - ending.length))) {
    const isTaken = await lstat(join(folder, candidate + ending)).then(
      () => true,
      () => false,
    )
    if (!isTaken) return candidate + ending
  }
  return name
}
