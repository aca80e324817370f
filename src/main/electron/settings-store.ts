import { readSettings } from '../../shared/settings.ts'
import type { SettingsStore } from '../ports.ts'

/** The part of electron-store (and of `conf`, its base) that settings need. */
type SettingsFile = {
  readonly store: unknown
  readonly set: (values: Record<string, unknown>) => void
}

/** electron-store's words for the file that the other faces open with `conf`: `settings.json` in the same folder. */
export const settingsFileAt = (home: string) =>
  ({ cwd: home, name: 'settings', clearInvalidConfig: true }) as const

export function createSettingsStore(file: SettingsFile): SettingsStore {
  const read = () => readSettings(file.store)
  return {
    read,
    change: (change) => {
      file.set({ ...change })
      return read()
    },
  }
}
