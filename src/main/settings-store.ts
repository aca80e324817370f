import { readSettings } from '../shared/settings.ts'
import type { SettingsStore } from './ports.ts'

/** The part of `conf` (and of electron-store, which is built on it) that settings need. */
type SettingsFile = {
  readonly store: unknown
  readonly set: (values: Record<string, unknown>) => void
}

/**
 * Opened on first use: opening it makes the folder, and that is the core's to do and to report. `exists` lets settings
 * be read where nothing may be made.
 */
export function createSettingsStore(open: () => SettingsFile, exists = () => true): SettingsStore {
  let opened: SettingsFile | undefined
  const file = () => {
    opened ??= open()
    return opened
  }
  const read = () => (opened || exists() ? readSettings(file().store) : readSettings({}))
  return {
    read,
    change: (change) => {
      file().set({ ...change })
      return read()
    },
  }
}
