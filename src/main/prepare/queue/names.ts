import { basename, extname } from 'node:path'
import { fillTemplate } from '../../../shared/domain/batch.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { safeName } from '../../files/names.ts'
import type { Inputs } from '../../core/studio-types.ts'

const stem = (path: string | null) =>
  path === null ? '' : basename(path, extname(path)).replaceAll(/[/\\]/g, '_')

/** The day as the user's own calendar has it, for example 2026-11-20. */
function localDay(now: Milliseconds): string {
  const day = new Date(now)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The folder of one preparation by its template; the same inputs at the same place in the list have the same name. */
export function nameFor(
  template: string,
  { character, clip, settings }: Omit<Inputs, 'window'>,
  nth: { readonly n: number; readonly now: Milliseconds },
): string {
  const filled = fillTemplate(template, {
    clip: stem(clip),
    character: stem(character),
    provider: settings.provider,
    model: settings.model,
    orientation: settings.orientation,
    n: String(nth.n),
    date: localDay(nth.now),
  })
  // An ending of our own, so that a dot in a folder's name is not taken for one and cut.
  const text = filled.trim().replace(/[. ]+$/, '')
  const safe = safeName(`${text === '' ? 'prepared' : text}.x`)
  const whole = safe.endsWith('.x') ? safe.slice(0, -2).replace(/[. ]+$/, '') : safe
  return whole === '' ? 'prepared' : whole
}

/** Two names that some file systems take for one. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()

/** The name, then the name with a number, without end. */
export function* namesLike(name: string): Generator<string> {
  yield name
  for (let nth = 2; ; nth += 1) yield `${name} (${String(nth)})`
}

/** The first name like this one that nobody has taken, which is then taken. */
export function claimName(name: string, claimed: Set<string>): string {
  for (const candidate of namesLike(name)) {
    if (claimed.has(nameKey(candidate))) continue
    claimed.add(nameKey(candidate))
    return candidate
  }
  throw new Error('names like this one never end')
}
