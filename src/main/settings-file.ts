import Conf from 'conf'
import { readSettings } from '../shared/settings.ts'
import type { SettingsStore } from './ports.ts'

/** `settings.json` in the home folder, as electron-store writes it in the Electron face. */
export function openSettingsFile(home: string): SettingsStore {
  const file = new Conf<Record<string, unknown>>({
    cwd: home,
    configName: 'settings',
    clearInvalidConfig: true,
  })
  const read = () => readSettings(file.store)
  return {
    read,
    change: (change) => {
      const next = { ...read(), ...change }
      file.store = { ...file.store, ...next }
      return next
    },
  }
}
