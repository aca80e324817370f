import type { Stored } from '../../../src/shared/domain/stored.ts'
import { ok } from '../../../src/shared/outcome.ts'
import type { SavedKind } from '../../../src/shared/settings-calls.ts'
import type { Answers, Memory } from './fake-answers.ts'

type SettingsAnswers = Pick<
  Answers,
  | 'settings:read'
  | 'settings:change'
  | 'save-folder:choose'
  | 'save-folder:forget'
  | 'save:suggest'
  | 'storage:read'
  | 'storage:clear'
  | 'diagnostics:save'
  | 'saved:reveal'
  | 'library:reveal'
  | 'library:plan-move'
  | 'library:move'
>

/** The token of every file that the fake studio saved. */
export const aSaved = `s_${'1'.repeat(22)}`

const names: Readonly<Record<SavedKind, string>> = {
  result: 'hero-dance-1.mp4',
  marked: 'hero-dance-1-watermarked.mp4',
  still: 'hero-dance-1.png',
  'contact-sheet': 'understudy-contact-sheet-2026-11-20.png',
  'support-pack': 'hero-dance-1-support.zip',
  diagnostics: 'understudy-diagnostics-2026-11-20.txt',
}

export function settingsAnswers(memory: Memory): SettingsAnswers {
  let stored: readonly Stored[] = [
    { part: 'takes', bytes: 1_200_000_000, files: 48 },
    { part: 'viewing', bytes: 310_000_000, files: 12 },
  ]
  const change = (wanted: Partial<Memory['settings']>) => {
    memory.settings = { ...memory.settings, ...wanted }
    return Promise.resolve(ok(memory.settings))
  }
  return {
    'settings:read': async () => ok(memory.settings),
    'settings:change': ({ change: wanted }) => change(wanted),
    'save-folder:choose': () => change({ saveFolder: '/home/me/Takes', lastSaveFolder: null }),
    'save-folder:forget': () => change({ saveFolder: null, lastSaveFolder: null }),
    'save:suggest': async ({ what }) => ok({ name: names[what], folder: null }),
    'storage:read': async () => ok(stored),
    'storage:clear': async ({ part }) => {
      stored = stored.filter((one) => one.part !== part)
      return ok(stored)
    },
    'saved:reveal': async () => ok({ name: 'result.mp4', folder: 'Videos' }),
    'diagnostics:save': async ({ name }) =>
      ok({ name: name ?? names.diagnostics, folder: 'Documents', saved: aSaved }),
    'library:reveal': async () => ok({ name: 'studio.db', folder: '/home/me/Understudy' }),
    'library:plan-move': async () => ok({ plan: 'plan', to: '/media/big/Understudy', bytes: 48_200_000_000 }),
    'library:move': async () => ok({ to: '/media/big/Understudy', files: 412, bytes: 48_200_000_000 }),
  }
}
