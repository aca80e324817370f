import Conf from 'conf'
import { readSettings } from '../shared/settings.ts'
import type { SettingsStore } from './ports.ts'

/** `settings.json` in the home folder, as electron-store writes it in the Electron face. */
export function openSettingsFile(home: string): SettingsStore {
  // Opened on first use: opening it makes the folder, and that is the core's to do and to report.
  let opened: Conf<Record<string, unknown>> | undefined
  const file = () => {
    opened ??= new Conf({ cwd: home, configName: 'settings', clearInvalidConfig: true })
    return opened
  }
  const read = () => readSettings(file().store)
  return {
    read,
    change: (change) => {
      const next = { ...read(), ...change }
      file().store = { ...file().store, ...next }
      return next
    },
  }
}
